import { StormGuard } from './storm-guard.js';

const batch = (records: number, deadLetters: number, brokenCustomers = 0) => ({
  counts: {
    records,
    deadLetters,
    events: records - deadLetters,
    timers: 0,
    duplicates: 0,
    late: 0,
    rerouted: 0,
    outputs: 0,
  },
  broken: Array.from({ length: brokenCustomers }, (_, i) => ({
    customer: `c${i}`,
    error: new Error('rule'),
  })),
});
const passing = (guard: StormGuard, ...batches: ReturnType<typeof batch>[]) => {
  for (const b of batches) {
    guard.check(b, { t: 0 });
    guard.passed(b, { t: 0 });
  }
};

describe('the storm guard', () => {
  it('lets bad records through, even when all of a small batch is bad', () => {
    expect(() => passing(new StormGuard(0), batch(20, 20), batch(1, 1))).not.toThrow();
  });

  it('stops the partition when over a fifth of the last thousand records are bad', () => {
    const guard = new StormGuard(0);
    passing(guard, batch(800, 100));
    expect(() => guard.check(batch(200, 101), { t: 0 })).toThrow(
      /201 of the last 1000 records are dead letters.*nothing of this batch was applied.*dlq accept/s,
    );
  });

  it('forgets what lies before the last thousand', () => {
    const guard = new StormGuard(0);
    passing(guard, batch(1_000, 200), batch(1_000, 0));
    expect(() => guard.check(batch(500, 150), { t: 0 })).not.toThrow();
  });

  it('stops the partition when the rules throw for more than three customers of one batch', () => {
    expect(() => new StormGuard(0).check(batch(5_000, 3, 3), { t: 0 })).not.toThrow();
    expect(() => new StormGuard(0).check(batch(5_000, 4, 4), { t: 0 })).toThrow(
      /rules threw for 4 customers/,
    );
  });

  it('goes on as far as a person has accepted', () => {
    const guard = new StormGuard(0);
    guard.accept({ t: 900 });
    expect(() => guard.check(batch(500, 500), { t: 899 })).not.toThrow();
    expect(() => guard.check(batch(500, 500), { t: 900 })).toThrow(/dead letters/);
    guard.passed(batch(500, 500), { t: 0 });
    expect(() => guard.check(batch(10, 1), { t: 900 })).not.toThrow();
  });
});
