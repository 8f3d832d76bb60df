import { liaison } from './liaison.js';
import { at, day, Trial } from './programmes.given.js';

const monday = at('2026-03-02');
const ann = (chosen: object = {}) => new Trial(liaison, chosen);
const passed = (data: object, customer = ann(), when = monday) =>
  customer
    .event('contact.made.v1', when, { kind: 'call', ...data })
    .proposals.map(({ audience, template }) => `${template} for ${audience}`);

describe('what one department hears', () => {
  test('as a lead goes to sales', () => {
    const [task] = ann().event('contact.made.v1', monday, {
      kind: 'call',
      outcome: 'lead',
      caseId: 'k1',
      by: 'support-2',
    }).proposals;
    expect(task).toMatchObject({
      kind: 'task',
      purpose: 'internal',
      audience: 'sales',
      template: 'liaison.lead',
      variables: { what: 'lead', contact: 'call', caseId: 'k1' },
      expiresAt: monday + 14 * day,
    });
  });
  test('as a complaint goes to support, as a defect to the makers, as a suspicion to risk', () => {
    expect(passed({ outcome: 'Complaint ' })).toEqual(['liaison.complaint for support-lead']);
    expect(passed({ outcome: 'defect' })).toEqual(['liaison.defect for product']);
    expect(passed({ outcome: 'suspicion', kind: 'note' })).toEqual(['liaison.suspicion for risk']);
  });
  test('goes where the definition says', () => {
    const customer = ann({ routes: { wedding: 'shop' } });
    expect(passed({ outcome: 'wedding' }, customer)).toEqual(['liaison.wedding for shop']);
    expect(passed({ outcome: 'lead' }, customer)).toEqual([]);
  });
  test('goes there once in a week, each thing by itself', () => {
    const customer = ann();
    const counts = [0, 1, 6, 7].map(
      (days) => passed({ outcome: 'lead' }, customer, monday + days * day).length,
    );
    expect(counts).toEqual([1, 0, 0, 1]);
    expect(passed({ outcome: 'complaint' }, customer, monday + 8 * day)).toHaveLength(1);
  });
  test('stays there where it is told in words, or is nothing to anybody else', () => {
    for (const outcome of ['wants to lead a quiet life', 'no', '', 'constructor', undefined])
      expect(passed({ outcome })).toEqual([]);
  });
});
