import { until } from '#testing';
import { endAll, engineOn, freshFolder, recordOf } from './support/embedded-engine.js';

/** Longer than any test: nobody waits for its end. */
const commitIntervalMs = 600_000;

describe('an engine with an interval between commits', () => {
  afterEach(endAll);

  const order = (n: number) =>
    recordOf({
      id: `order-${n}`,
      type: 'order.completed.v1',
      subject: 'somebody',
      at: Date.now(),
      data: { orderId: `order-${n}`, total: 100, currency: 'EUR', products: [] },
    });

  async function started(limits: { commitIntervalMs: number }) {
    const folder = await freshFolder();
    const engine = engineOn(folder, { limits });
    await engine.start();
    const busiest = () =>
      engine.status().tasks.reduce((a, b) => (a.batches + a.lag > b.batches + b.lag ? a : b));
    await folder.log.publish([order(0)]);
    await until('the first order is committed', 20_000, () => busiest().batches === 1 && busiest().lag === 0);
    return { folder, engine, busiest };
  }

  it('commits the first at once, lets few wait, and does not keep many or a stop waiting', async () => {
    const { folder, engine, busiest } = await started({ commitIntervalMs });
    for (let n = 1; n < 500; n++) await folder.log.publish([order(n)]);
    await until('all of them have arrived', 20_000, () => busiest().lag === 499);
    expect(busiest().batches).toBe(1);
    await folder.log.publish([order(500)]);
    await until('all of them are committed', 20_000, () => busiest().batches === 2);
    await folder.log.publish([order(501)]);
    // Timers that came due with the others may wait beside it.
    await until('one more has arrived', 20_000, () => busiest().lag > 0);
    expect(busiest().batches).toBe(2);
    await engine.stop();
    const next = engineOn(folder);
    await next.start();
    await until('the next engine has it', 20_000, () => next.status().tasks.every(({ lag }) => lag === 0));
    const [document] = (await folder.store.load(['somebody'])).values();
    expect(JSON.stringify(document?.state)).toContain('"orders":502');
  }, 60_000);

  it('goes on when the interval is over', async () => {
    const { folder, busiest } = await started({ commitIntervalMs: 50 });
    for (let n = 1; n < 4; n++) {
      await folder.log.publish([order(n)]);
      await until('it is committed', 20_000, () => busiest().batches === n + 1 && busiest().lag === 0);
    }
  }, 60_000);
});
