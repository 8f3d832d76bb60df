import { RecoveryTable } from './recovery-table.js';
import { day, sent, start } from './report.given.js';
import type { ReportedAction } from './reported.js';

const hour = 3_600_000;
const told = (what: string, at: number) => ({
  type: `case.${what}.v1`,
  customer: 'ann',
  at,
  data: { caseId: 'k1' },
});
const asks = (template: string, at: number, variables: object = {}, changed: Partial<ReportedAction> = {}) =>
  sent(at, {
    ...{ programme: 'recovery', template: `recovery.${template}`, variables: { caseId: 'k1', ...variables } },
    ...changed,
  });

test('the recovery table tells how cases fared, from opening to check', () => {
  const table = new RecoveryTable();
  table.event(told('opened', start));
  table.action(asks('acknowledgement', start + hour));
  table.action(asks('task', start, { rung: 0 }, { audience: 'support-lead' }));
  table.action(asks('task', start + day, { rung: 1 }, { audience: 'shop' }));
  table.event(told('escalated', start + day));
  table.event(told('resolved', start + 2 * day));
  table.action(asks('goodwill', start + 2 * day, { amount: 12.5, currency: 'EUR' }));
  table.action(asks('check', start + 5 * day, {}, { reason: 'noConsent' }));
  table.action(sent(start));
  expect(table.report()).toEqual({
    ...{ cases: 1, resolved: 1, acknowledged: 1, escalated: 1, overdue: 0, reopened: 0 },
    hoursToAcknowledge: { count: 1, median: 1, p95: 1, most: 1 },
    hoursToResolve: { count: 1, median: 48, p95: 48, most: 48 },
    tasks: [
      { rung: 0, audience: 'support-lead', count: 1 },
      { rung: 1, audience: 'shop', count: 1 },
    ],
    actions: [
      { template: 'recovery.acknowledgement', requested: 1, suppressed: 0 },
      { template: 'recovery.check', requested: 0, suppressed: 1 },
      { template: 'recovery.goodwill', requested: 1, suppressed: 0 },
      { template: 'recovery.task', requested: 2, suppressed: 0 },
    ],
    goodwill: { grants: 1, amounts: { EUR: 12.5 } },
  });
});
