import { actionIdOf } from '../arbiter/action.js';
import { at, day, Trial } from './programmes.given.js';
import { surveys } from './surveys.js';

const monday = at('2026-03-02');
const active = {
  facts: { purchases: 5, daysSincePurchase: 4, openCases: 0, surveysAnswered: 0, lastPurchaseAt: monday },
};
const asked = (decision: { readonly proposals: readonly { readonly template: string }[] }) =>
  decision.proposals.map(({ template }) => template);

function customer() {
  const ann = new Trial(surveys);
  const { timers } = ann.event('order.completed.v1', monday, { orderId: 'o', total: 9 }, active);
  expect(timers).toEqual({ nps: monday + 60 * day });
  return ann;
}

describe('the recommendation', () => {
  test('is asked for 60 days after the first purchase, and every 180 days', () => {
    const ann = customer();
    const first = ann.timer('surveys.nps', monday + 60 * day, active);
    expect(first.proposals[0]).toMatchObject({
      kind: 'survey',
      purpose: 'survey',
      variables: { survey: 'nps' },
    });
    expect(first.timers).toEqual({ nps: monday + 240 * day });
    expect(ann.event('order.completed.v1', monday + 61 * day, {}, active).timers).toBeUndefined();
  });
  test('is not asked of those who bought once, have gone, or have an open case', () => {
    for (const facts of [{ purchases: 1 }, { daysSincePurchase: 91 }, { openCases: 1 }]) {
      const decision = customer().timer('surveys.nps', monday + 60 * day, {
        facts: { ...active.facts, ...facts },
      });
      expect(decision.proposals).toEqual([]);
      expect(decision.timers!['nps']).toBeGreaterThan(monday + 60 * day);
    }
  });
  test('that a detractor gives calls for a call', () => {
    const answer = (score: number, survey = 'nps') =>
      asked(customer().event('survey.answered.v1', monday + day, { survey, score }, active));
    expect(answer(6)).toEqual(['surveys.detractor']);
    expect(answer(7)).toEqual([]);
    expect(answer(2, 'csat')).toEqual([]);
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
  test('is not asked for when it is reopened', () => {
    const ann = resolved();
    expect(ann.event('case.reopened.v1', monday + 1, { caseId: 'other' }).timers).toBeUndefined();
    expect(ann.event('case.reopened.v1', monday + 1, { caseId: 'k1' }).timers).toEqual({ case: null });
    expect(ann.timer('surveys.case', monday + day, active).proposals).toEqual([]);
  });
});

describe('the reminder', () => {
  const delivered = () => {
    const ann = customer();
    const [proposal] = ann.timer('surveys.nps', monday + 60 * day, active).proposals;
    const actionId = actionIdOf('ann', 'retail@1', proposal!);
    expect(
      ann.event('message.delivered.v1', monday + 60 * day, { actionId: 'other' }).timers,
    ).toBeUndefined();
    const { timers } = ann.event('message.delivered.v1', monday + 60 * day, { actionId });
    expect(timers).toEqual({ reminder: monday + 67 * day });
    return { ann, actionId };
  };
  test('follows a delivered question after a week, once, and counts as the same question', () => {
    const { ann, actionId } = delivered();
    const [reminder] = ann.timer('surveys.reminder', monday + 67 * day, active).proposals;
    expect(reminder).toMatchObject({ template: 'surveys.nps.reminder', reminderOf: actionId });
    expect(ann.timer('surveys.reminder', monday + 74 * day, active).proposals).toEqual([]);
  });
  test('is called off by an answer', () => {
    const { ann } = delivered();
    const answer = ann.event('survey.answered.v1', monday + 62 * day, { survey: 'nps', score: 9 }, active);
    expect(answer.timers).toEqual({ reminder: null });
    expect(ann.timer('surveys.reminder', monday + 67 * day, active).proposals).toEqual([]);
  });
});

test('stay quiet at late events', () => {
  const late = { ...active, late: true };
  expect(new Trial(surveys).event('case.resolved.v1', monday, { caseId: 'k1' }, late)).toEqual({
    proposals: [],
  });
  expect(new Trial(surveys).event('survey.answered.v1', monday, { survey: 'nps', score: 1 }, late)).toEqual({
    proposals: [],
  });
});
