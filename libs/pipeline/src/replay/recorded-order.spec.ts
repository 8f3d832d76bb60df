import { orderTopic } from '#contracts';
import type { EventLog, LogRecord } from '../event-log.port.js';
import { RecordedInputs } from './slice-reader.js';
import { recordedOrder } from './recorded-order.js';

const topic = 'purchase.events.v1';
const iso = new Date(0).toISOString();

const order = (number: number, from: number, offset: number): LogRecord => ({
  ...{ topic: orderTopic, partition: 0, offset, timestamp: 0, key: null, headers: {} },
  value: Buffer.from(
    JSON.stringify({
      data: {
        ...{ group: 'g', number, slices: { [topic]: [from, from + 1] }, watermark: iso, now: iso },
        ...{ definition: { hash: 'h' }, rules: 1 },
      },
    }),
  ),
});

/** A log of one partition that holds these records; `start` of an input is what retention has left. */
const logOf = (orders: readonly LogRecord[], start = 0): Pick<EventLog, 'range' | 'read'> => ({
  range: async (name) =>
    name === orderTopic
      ? [{ start: orders[0]?.offset ?? 9, end: (orders.at(-1)?.offset ?? 8) + 1 }]
      : [{ start, end: 10 }],
  async *read(name, _, from) {
    if (name === orderTopic) yield orders.filter(({ offset }) => offset >= from);
  },
});

async function numbers(log: Pick<EventLog, 'range' | 'read'>, after?: number): Promise<number[]> {
  const found: number[] = [];
  for await (const { recorded } of recordedOrder(log as EventLog, '', 0, after)) found.push(recorded.number);
  return found;
}

describe('the recorded order', () => {
  it('is read from the first batch, or from the one after a snapshot', async () => {
    const log = logOf([order(1, 0, 0), order(2, 1, 1), order(3, 2, 2)]);
    expect(await numbers(log)).toEqual([1, 2, 3]);
    expect(await numbers(log, 2)).toEqual([3]);
  });

  it('is refused where retention has cut its beginning, and taken where a snapshot reaches so far', async () => {
    const log = logOf([order(4, 3, 3), order(5, 4, 4)]);
    await expect(numbers(log)).rejects.toThrow(
      /lifecycle\.order\.v1 partition 0 begins with batch 4, the replay needs 1.*--from-snapshot/,
    );
    await expect(numbers(log, 2)).rejects.toThrow(/needs 3/);
    expect(await numbers(log, 3)).toEqual([4, 5]);
  });

  it('is refused where nothing of it is left', async () => {
    await expect(numbers(logOf([]))).rejects.toThrow(/retention deleted them all/);
  });

  it('is refused where batches of two sequences stand in it', async () => {
    await expect(numbers(logOf([order(1, 0, 0), order(1, 0, 1)]))).rejects.toThrow(/more than one sequence/);
  });

  it('needs its slices: an input that was cut is refused', async () => {
    const log = logOf([order(1, 0, 0)], 5) as EventLog;
    const inputs = await RecordedInputs.open(log, '', 0, [topic]);
    for await (const { recorded } of recordedOrder(log, '', 0))
      await expect(inputs.of(recorded)).rejects.toThrow(
        /purchase\.events\.v1 partition 0 begins at offset 5, the recorded order needs 0.*--from-snapshot/,
      );
  });
});
