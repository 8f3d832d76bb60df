import {
  buys,
  escalates,
  event,
  missesDeadline,
  on,
  opensCase,
  reopens,
  resolves,
} from '../customer.given.js';
import { known } from './known.given.js';

const opened = (n: number) => event('case.opened.v1', n / 24, { caseId: `k-${n}`, cause: `cause ${n}` });

describe('a case', () => {
  test('is open until it is resolved, and again when it is reopened', () => {
    expect(known([opensCase(0)])).toMatchObject({ openCases: 1, openCaseAt: on(0), casesOpened: 1 });
    expect(known([opensCase(0), resolves(2)])).toMatchObject({
      openCases: 0,
      casesResolved: 1,
      resolutionHours: 48,
    });
    const again = known([opensCase(0), resolves(2), reopens(3)]);
    expect(again).toMatchObject({ openCases: 1, reopenedCases: 1, casesResolved: 0 });
    expect(known([opensCase(0), resolves(2), reopens(3), resolves(4)])).toMatchObject({ openCases: 0 });
  });

  test('that nobody saw open is open by whatever is told of it', () => {
    expect(known([escalates(0)])).toMatchObject({ openCases: 1, escalatedCases: 1, casesOpened: 1 });
  });

  test('is escalated or overdue until it is resolved', () => {
    const bad = [opensCase(0), escalates(1), missesDeadline(2)];
    expect(known(bad)).toMatchObject({ escalatedCases: 1, overdueCases: 1, lastCaseEscalatedAt: on(1) });
    expect(known([...bad, resolves(3)])).toMatchObject({ escalatedCases: 0, overdueCases: 0 });
    expect(known([...bad, resolves(3), reopens(4)])).toMatchObject({ escalatedCases: 0, reopenedCases: 1 });
  });

  test('leaves its cause in a count that does not grow with every new word', () => {
    const story = Array.from({ length: 300 }, (_, n) => opened(n));
    const { complaints } = known(story) as { complaints: Record<string, number> };
    expect(Object.keys(complaints).length).toBeLessThanOrEqual(64 + 1 + 64);
    expect(Object.values(complaints).reduce((sum, n) => sum + n, 0)).toBe(300);
    expect(complaints['other causes']).toBe(300 - 64 - 64);
  });

  test('is overdue once its deadline has passed, also when nobody says so', () => {
    const due = new Date(on(5)).toISOString();
    const story = [event('case.opened.v1', 0, { caseId: 'k-1', deadline: due })];
    expect(known(story, 4)).toMatchObject({ overdueCases: 0 });
    expect(known(story, 6)).toMatchObject({ overdueCases: 1 });
  });

  test('counts once by the latest cause given', () => {
    const told = (days: number, cause: string) => event('case.escalated.v1', days, { caseId: 'k-1', cause });
    expect(known([told(0, 'late'), told(1, 'broken'), opensCase(2, 'k-2')]).complaints).toEqual({
      broken: 1,
    });
  });

  test('among more than are kept singly still counts', () => {
    const many = Array.from({ length: 80 }, (_, i) => [
      opensCase(i, `k-${i}`),
      resolves(i + 0.5, `k-${i}`),
    ]).flat();
    expect(known(many)).toMatchObject({
      casesOpened: 80,
      casesResolved: 80,
      openCases: 0,
      resolutionHours: 12,
    });
    expect(known([opensCase(0, 'first'), ...many])).toMatchObject({ openCases: 1 });
  });
});

test('staff’s tasks and contacts count, and the latest contact names the next', () => {
  const call = (days: number, nextDate?: string) =>
    event('contact.made.v1', days, { kind: 'call', ...(nextDate ? { nextDate } : {}) });
  const facts = known([
    call(0, '2026-03-01'),
    event('task.completed.v1', 1, { actionId: 'a-1' }),
    event('task.expired.v1', 1, { actionId: 'a-2' }),
  ]);
  expect(facts).toMatchObject({
    contacts: 1,
    lastContactAt: on(0),
    nextContactAt: Date.parse('2026-03-01'),
    tasksCompleted: 1,
    tasksExpired: 1,
    tasksDeclined: 0,
  });
  expect(known([call(0, '2026-03-01'), call(2)])).not.toHaveProperty('nextContactAt');
  expect(known([buys(0)])).toMatchObject({ contacts: 0, openCases: 0 });
});
