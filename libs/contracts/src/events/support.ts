import Type from 'typebox';
import { channel, date, id, label, oneOf, severities, text, time } from './fields.js';

const answered = { actionId: id('The task’s action.'), by: Type.Optional(label('Who in the staff.')) };

const caseFields = {
  caseId: id('Unique within the source.'),
  cause: Type.Optional(label('What it is about; complaints are counted by it.')),
  channel: Type.Optional(channel('Where the customer turned to.')),
  product: Type.Optional(id('The product concerned.')),
  severity: Type.Optional(oneOf(severities, 'How bad it is for the customer.')),
};

export const supportEvents = {
  'task.completed.v1': Type.Object(
    {
      ...answered,
      outcome: Type.Optional(text('What came of it.')),
      caseId: Type.Optional(id('The case that it was about: enough where a desk keeps numbers of its own.')),
    },
    {
      title: 'Task completed',
      description: 'Staff did a task that an action had asked for.',
      examples: [{ actionId: '6f0c2a', by: 'desk-3', outcome: 'called, all well' }],
    },
  ),
  'task.declined.v1': Type.Object(
    { ...answered, reason: Type.Optional(text('Why not.')) },
    {
      title: 'Task declined',
      description: 'Staff refused a task that an action had asked for.',
      examples: [{ actionId: '6f0c2a', by: 'desk-3', reason: 'spoke with the customer yesterday' }],
    },
  ),
  'task.expired.v1': Type.Object(
    { actionId: id('The task’s action.') },
    {
      title: 'Task expired',
      description: 'Nobody did the task in time.',
      examples: [{ actionId: '6f0c2a' }],
    },
  ),
  'contact.made.v1': Type.Object(
    {
      kind: oneOf(['call', 'visit', 'meeting', 'note'], 'What kind of contact.'),
      outcome: Type.Optional(text('What came of it.')),
      nextDate: Type.Optional(date('When to get in touch again.')),
      by: Type.Optional(label('Who in the staff.')),
      actionId: Type.Optional(id('The action that asked for it.')),
      caseId: Type.Optional(id('The case it belongs to.')),
    },
    {
      title: 'Contact made',
      description: 'Staff spoke with the customer, or noted something about them.',
      examples: [
        { kind: 'call', outcome: 'wants the spring catalogue', nextDate: '2026-03-02', by: 'desk-3' },
      ],
    },
  ),
  'case.opened.v1': Type.Object(
    { ...caseFields, deadline: Type.Optional(time('By when it is to be resolved.')) },
    {
      title: 'Case opened',
      description: 'The customer complained or asked for help.',
      examples: [
        {
          caseId: 'case-311',
          cause: 'late delivery',
          channel: 'phone',
          product: 'sku-1042',
          severity: 'high',
        },
      ],
    },
  ),
  'case.escalated.v1': Type.Object(caseFields, {
    title: 'Case escalated',
    description: 'A case went up a level.',
    examples: [{ caseId: 'case-311', cause: 'late delivery', severity: 'critical' }],
  }),
  'case.resolved.v1': Type.Object(
    { ...caseFields, resolution: Type.Optional(text('How it was resolved.')) },
    {
      title: 'Case resolved',
      description: 'A case was closed as resolved.',
      examples: [{ caseId: 'case-311', cause: 'late delivery', resolution: 'sent again, postage refunded' }],
    },
  ),
  'case.reopened.v1': Type.Object(
    { ...caseFields, reason: Type.Optional(text('Why.')) },
    {
      title: 'Case reopened',
      description: 'A resolved case was not resolved after all.',
      examples: [{ caseId: 'case-311', reason: 'late again' }],
    },
  ),
  'case.overdue.v1': Type.Object(caseFields, {
    title: 'Case overdue',
    description: 'A case passed its deadline unresolved.',
    examples: [{ caseId: 'case-311', cause: 'late delivery' }],
  }),
};
