import Type from 'typebox';
import { closed, evidence, evidenceExample } from './evidence.js';
import {
  actionKinds,
  audiences,
  channel,
  healths,
  id,
  label,
  oneOf,
  purposes,
  stages,
  time,
} from './fields.js';

const transition = <const Values extends readonly string[]>(values: Values) => ({
  transitionId: Type.Optional(id('The event’s id again: a pure function of the cause.')),
  from: oneOf(values, 'Before.'),
  to: oneOf(values, 'After.'),
  ...evidence,
});

export const transitionEvents = {
  'definition.changed.v1': Type.Object(
    {
      from: label('`name@version` before.'),
      to: label('`name@version` after.'),
      stageFrom: oneOf(stages, 'Before.'),
      stageTo: oneOf(stages, 'After.'),
      healthFrom: oneOf(healths, 'Before.'),
      healthTo: oneOf(healths, 'After.'),
      ...evidence,
    },
    {
      title: 'Definition changed',
      description:
        'The customer went over to another definition: with the same stage, or with the one that the new definition states for it. Such a change of stage or health is told by this event alone.',
      examples: [
        {
          from: 'retail@1',
          to: 'retail@2',
          stageFrom: 'expansion',
          stageTo: 'awareness',
          healthFrom: 'well',
          healthTo: 'well',
          ...evidenceExample,
          definition: 'retail@2',
          rule: 'migration.stated',
          facts: {},
        },
      ],
      ...closed,
    },
  ),
  'stage.changed.v1': Type.Object(transition(stages), {
    title: 'Stage changed',
    description: 'The relationship went from one stage to another.',
    examples: [{ transitionId: '5b1f', from: 'exploration', to: 'awareness', ...evidenceExample }],
    ...closed,
  }),
  'health.changed.v1': Type.Object(transition(healths), {
    title: 'Health changed',
    description: 'The relationship fell ill or got better; `none` only inside dissolution.',
    examples: [
      {
        transitionId: '5b20',
        from: 'well',
        to: 'atRisk',
        ...evidenceExample,
        rule: 'overdue',
        facts: { silence: 31 },
      },
    ],
    ...closed,
  }),
};

const action = {
  actionId: id('A pure function of the cause; subscribers key on it.'),
  programme: label('Who proposed it.'),
  kind: oneOf(actionKinds, 'What to do.'),
  purpose: oneOf(purposes, 'Decides which consent it needs.'),
  channel: channel('By which channel.'),
  audience: oneOf(audiences, 'To whom.'),
  template: label('Which text.'),
  variables: Type.Record(Type.String(), Type.Unknown(), {
    description: 'For the template; never name or address.',
  }),
  priority: Type.Number({ description: 'Higher goes first.' }),
  notBefore: time('Not to be done before.'),
  expiresAt: time('Not to be done after.'),
  reminderOf: Type.Optional(id('The action that this one reminds of: the two count as one contact.')),
  ...evidence,
};
const actionExample = {
  actionId: '6f0c2a',
  programme: 'follow-up',
  kind: 'message',
  purpose: 'service',
  channel: 'email',
  audience: 'customer',
  template: 'thanks-first',
  variables: { orderId: 'o-2026-00017' },
  priority: 50,
  notBefore: '2026-03-09T08:00:00.000Z',
  expiresAt: '2026-03-12T08:00:00.000Z',
  ...evidenceExample,
  rule: 'first-purchase',
};

export const actionEvents = {
  'action.requested.v1': Type.Object(action, {
    title: 'Action requested',
    description: 'A retention action that a subscriber is to carry out once.',
    examples: [actionExample],
    ...closed,
  }),
  'action.suppressed.v1': Type.Object(
    {
      ...action,
      reason: label('The rule of the contact policy that stopped it.'),
      possibleAt: Type.Optional(time('When it could have passed; absent where never.')),
    },
    {
      title: 'Action suppressed',
      description: 'An action that was proposed and not let through, or taken back.',
      examples: [{ ...actionExample, reason: 'noConsent' }],
      ...closed,
    },
  ),
};
