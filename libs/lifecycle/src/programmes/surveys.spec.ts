import { actionIdOf } from '../arbiter/action.js';
import { at, day, Trial } from './programmes.given.js';
import { surveys } from './surveys.js';

const monday = at('2026-03-02');
const active = {
  facts: { purchases: 5, daysSincePurchase: 4, openCases: 0, surveysAnswered: 0, lastPurchaseAt: monday },
};
const but = (facts: object) => ({ facts: { ...active.facts, ...facts } });
const busy = but({ openCases: 1, openCaseAt: monday });
const asked = (decision: { readonly proposals: readonly { readonly template: string }[] }) =>
  decision.proposals.map(({ template }) => template);

function customer() {
  const ann = new Trial(surveys);
  const { timers } = ann.event('order.completed.v1', monday, { orderId: 'o', total: 9 }, active);
  expect(timers).toEqual({ nps: monday + 60 * day });
  return ann;
}

describe('the recommendation', () => {
  const due = monday + 60 * day;
  test('is asked for 60 days after the first purchase, and every 180 days', () => {
    const ann = customer();
    const first = ann.timer('surveys.nps', due, active);
    expect(first.proposals[0]).toMatchObject({
      kind: 'survey',
      purpose: 'survey',
      variables: { survey: 'nps' },
    });
    expect(first.timers).toEqual({ nps: monday + 240 * day });
    expect(ann.event('order.completed.v1', monday + 61 * day, {}, active).timers).toBeUndefined();
  });
  test('waits two months for its turn in the question budget, as long as nothing else is answered', () => {
    const [proposal] = customer().timer('surveys.nps', due, active).proposals;
    expect(proposal!.expiresAt).toBe(due + 60 * day);
    expect(proposal!.restsOn).toEqual({ openCases: 0, surveysAnswered: 0 });
  });
  test('is not asked of those who bought once or have gone; its rhythm starts again with a purchase', () => {
    for (const facts of [{ purchases: 1 }, { daysSincePurchase: 91 }]) {
      const ann = customer();
      const decision = ann.timer('surveys.nps', due, but(facts));
      expect([decision.proposals, decision.timers]).toEqual([[], undefined]);
      const back = ann.event('order.completed.v1', due + day, {}, but({ lastPurchaseAt: due + day }));
      expect(back.timers).toEqual({ nps: due + 61 * day });
    }
  });
  test('is not asked again sooner than 180 days after the last time, whoever comes back', () => {
    const ann = customer();
    ann.timer('surveys.nps', due, active);
    ann.timer('surveys.nps', due + 180 * day, but({ daysSincePurchase: 120 }));
    const back = due + 200 * day;
    expect(ann.event('order.completed.v1', back, {}, but({ lastPurchaseAt: back })).timers).toEqual({
      nps: back + 60 * day,
    });
  });
  test('is put off while a case is open, unless everybody has forgotten the case', () => {
    const decision = customer().timer('surveys.nps', due, but({ openCases: 1, openCaseAt: due - day }));
    expect(decision).toMatchObject({ proposals: [], timers: { nps: due + 30 * day } });
    expect(asked(customer().timer('surveys.nps', due, busy))).toEqual(['surveys.nps']);
  });
});

describe('satisfaction with a case', () => {
  const resolved = () => {
    const ann = new Trial(surveys);
    const decision = ann.event('case.resolved.v1', monday, { caseId: 'k1' }, active);
    expect(decision.timers).toEqual({ case: monday + day });
    return ann;
  };
  test('is asked for a day after it was resolved, once', () => {
    const ann = resolved();
    const [proposal] = ann.timer('surveys.case', monday + day, active).proposals;
    expect(proposal).toMatchObject({ template: 'surveys.case', variables: { survey: 'csat', caseId: 'k1' } });
    expect(ann.timer('surveys.case', monday + 2 * day, active).proposals).toEqual([]);
  });
  test('is not asked for when it is reopened, nor while another is open', () => {
    const ann = resolved();
    expect(ann.event('case.reopened.v1', monday + 1, { caseId: 'other' }).timers).toBeUndefined();
    expect(ann.event('case.reopened.v1', monday + 1, { caseId: 'k1' }).timers).toEqual({ case: null });
    expect(ann.timer('surveys.case', monday + day, active).proposals).toEqual([]);
    expect(resolved().timer('surveys.case', monday + day, busy).proposals).toEqual([]);
  });
});

describe('the form that asks why', () => {
  const due = monday + 2 * day;
  const returned = { orderId: 'o1' };
  const cancelled = { subscriptionId: 's1' };
  const after = (type: string, data: object) => {
    const ann = new Trial(surveys);
    return { ann, plan: ann.event(type, monday, data, active) };
  };
  test('goes out two days after a return or a cancelled subscription', () => {
    const { ann, plan } = after('order.returned.v1', returned);
    expect([plan.proposals, plan.timers]).toEqual([[], { form: due }]);
    expect(ann.timer('surveys.form', due, active).proposals[0]).toMatchObject({
      template: 'surveys.feedback',
      purpose: 'survey',
      variables: { survey: 'feedback', about: 'return', orderId: 'o1' },
    });
    expect(ann.timer('surveys.form', due + day, active).proposals).toEqual([]);
    const left = after('subscription.cancelled.v1', cancelled).ann;
    expect(left.timer('surveys.form', due, but({ subscription: 'cancelled' })).proposals[0]).toMatchObject({
      variables: { about: 'subscription', subscriptionId: 's1' },
      restsOn: { subscription: 'cancelled' },
    });
  });
  test('stays in the drawer when the reason is known', () => {
    expect(after('order.returned.v1', { ...returned, reason: 'too small' }).plan.timers).toBeUndefined();
    const { ann } = after('subscription.cancelled.v1', cancelled);
    const word = ann.event('feedback.given.v1', monday + day, { sentiment: 'neutral' }, active);
    expect(word.timers).toEqual({ form: null });
    expect(ann.timer('surveys.form', due, active).proposals).toEqual([]);
  });
  test('stays in the drawer when the subscription is taken up again', () => {
    const { ann } = after('subscription.cancelled.v1', cancelled);
    expect(
      ann.event('subscription.renewed.v1', monday + day, { subscriptionId: 's2' }).timers,
    ).toBeUndefined();
    expect(ann.event('subscription.renewed.v1', monday + day, cancelled).timers).toEqual({ form: null });
  });
  test('stays in the drawer while a case is open, for something late, and for 90 days after the last', () => {
    expect(after('order.returned.v1', returned).ann.timer('surveys.form', due, busy).proposals).toEqual([]);
    const late = { ...active, late: true };
    expect(new Trial(surveys).event('order.returned.v1', monday, returned, late).timers).toBeUndefined();
    const { ann } = after('order.returned.v1', returned);
    ann.timer('surveys.form', due, active);
    expect(ann.event('order.returned.v1', due + 89 * day, returned, active).timers).toBeUndefined();
    expect(ann.event('order.returned.v1', due + 90 * day, returned, active).timers).toBeDefined();
  });
});

describe('the reminder', () => {
  const due = monday + 60 * day;
  const delivered = () => {
    const ann = customer();
    const [proposal] = ann.timer('surveys.nps', due, active).proposals;
    const actionId = actionIdOf('ann', 'retail@1', proposal!);
    expect(ann.event('message.delivered.v1', due, { actionId: 'other' }).timers).toBeUndefined();
    const { timers } = ann.event('message.delivered.v1', due, { actionId });
    expect(timers).toEqual({ reminder: due + 7 * day });
    return { ann, actionId };
  };
  const reminder = (ann: ReturnType<typeof customer>, scene: object = active, when = due + 7 * day) =>
    ann.timer('surveys.reminder', when, scene).proposals;

  test('follows a delivered question after a week, once, and counts as the same question', () => {
    const { ann, actionId } = delivered();
    expect(reminder(ann)).toMatchObject([{ template: 'surveys.nps.reminder', reminderOf: actionId }]);
    expect(reminder(ann, active, due + 14 * day)).toEqual([]);
  });
  test('follows the question that was delivered, though another was put since', () => {
    const ann = customer();
    const [nps] = ann.timer('surveys.nps', due, active).proposals;
    ann.event('case.resolved.v1', due + day, { caseId: 'k1' }, active);
    ann.timer('surveys.case', due + 2 * day, active);
    const actionId = actionIdOf('ann', 'retail@1', nps!);
    ann.event('message.delivered.v1', due + 3 * day, { actionId });
    expect(reminder(ann, active, due + 10 * day)).toMatchObject([{ template: 'surveys.nps.reminder' }]);
  });
  test('is called off by an answer, or when the survey is over', () => {
    const { ann } = delivered();
    const answer = ann.event('survey.answered.v1', due + 2 * day, { survey: 'nps', score: 9 }, active);
    expect([answer.proposals, answer.timers]).toEqual([[], { reminder: null }]);
    expect(reminder(ann)).toEqual([]);
    const { ann: other, actionId } = delivered();
    expect(other.event('survey.expired.v1', due + 2 * day, { actionId }).timers).toEqual({ reminder: null });
    expect(reminder(other)).toEqual([]);
  });
  test('is not sent to whom a case keeps busy', () => {
    const { ann } = delivered();
    expect(reminder(ann, but({ openCases: 1, openCaseAt: due + 6 * day }))).toEqual([]);
  });
});

test('a low score is not asked about here: recovery hears of it', () => {
  const answer = customer().event('survey.answered.v1', monday + day, { survey: 'nps', score: 1 }, active);
  expect(answer).toEqual({ proposals: [] });
});

test('nothing is asked once the supplier has ended the relationship', () => {
  const ann = customer();
  ann.event('case.resolved.v1', monday, { caseId: 'k1' }, active);
  const { timers } = ann.event('relationship.ended.v1', monday + 1, {}, active);
  expect(timers).toEqual({ nps: null, case: null, form: null, reminder: null });
  expect(ann.timer('surveys.case', monday + day, active).proposals).toEqual([]);
});

test('stay quiet at late events', () => {
  const late = { ...active, late: true };
  for (const [type, data] of [
    ['case.resolved.v1', { caseId: 'k1' }],
    ['order.completed.v1', { orderId: 'o' }],
    ['subscription.cancelled.v1', { subscriptionId: 's' }],
  ] as const)
    expect(new Trial(surveys).event(type, monday, data, late)).toEqual({ proposals: [] });
});

test('their memory is bounded, however much is asked and nothing answered', () => {
  const ann = customer();
  for (let n = 0; n < 50; n++) {
    ann.event('case.resolved.v1', monday + n * day, { caseId: `k-${n}` }, active);
    ann.timer('surveys.case', monday + n * day + 1, active);
  }
  expect(ann.memory!.open).toHaveLength(3);
  expect(JSON.stringify(ann.memory).length).toBeLessThan(600);
});
