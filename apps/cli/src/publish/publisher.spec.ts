import { encodeEvent } from '#contracts';
import type { EventLog, OutboundRecord } from '#pipeline';
import { Publisher } from './publisher.js';

const now = Date.UTC(2026, 2, 15);
const event = (n: number) =>
  Buffer.from(
    encodeEvent({
      ...{ specversion: '1.0', id: `e${n}`, source: '/shop', type: 'order.delivered.v1' },
      ...{ subject: 'c1', time: new Date(now).toISOString(), data: { orderId: `o${n}` } },
    }),
  );

/** A log of which each publish ends when the test says so. */
function slowLog() {
  const begun: { readonly records: readonly OutboundRecord[]; readonly end: PromiseWithResolvers<void> }[] =
    [];
  const publish = (records: readonly OutboundRecord[]) => {
    const end = Promise.withResolvers<void>();
    begun.push({ records, end });
    return end.promise;
  };
  return { begun, log: { publish } as unknown as EventLog };
}

const addAll = async (publisher: Publisher, from: number, to: number) => {
  for (let n = from; n < to; n++) await publisher.add(event(n));
};

describe('a publisher', () => {
  it('gathers the next batch while one is under way, and no third', async () => {
    const { begun, log } = slowLog();
    const publisher = new Publisher(log, '', () => now);
    await addAll(publisher, 0, 1_999);
    expect(begun).toHaveLength(1);
    let accepted = false;
    const full = publisher.add(event(1_999)).then(() => (accepted = true));
    await new Promise(setImmediate);
    expect(accepted).toBe(false);
    begun[0]?.end.resolve();
    await full;
    expect(begun.map(({ records }) => records.length)).toEqual([1_000, 1_000]);
  });

  it('tells a failure to whoever adds the next full batch, and to a flush', async () => {
    const { begun, log } = slowLog();
    const publisher = new Publisher(log, '', () => now);
    await addAll(publisher, 0, 1_000);
    begun[0]?.end.reject(new Error('no broker'));
    await expect(addAll(publisher, 1_000, 2_000)).rejects.toThrow('no broker');
    await expect(publisher.flush()).rejects.toThrow('no broker');
    expect(begun).toHaveLength(1);
  });
});
