import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { LogRecord, PartitionTask } from '#pipeline';
import { AppendSignal } from './append-signal.js';
import { fetchInto, type Source } from './fetcher.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const recordAt = (offset: number): LogRecord => ({
  ...{ topic: 't', partition: 0, offset, timestamp: 0, headers: {} },
  key: null,
  value: null,
});
/** A topic without end, a record at a time. */
const endless: Source = {
  topic: 't',
  place: '1/0',
  start: () => 0,
  end: () => Infinity,
  read: (from) => [recordAt(from)],
};

describe('fetching for a task', () => {
  it('keeps nothing of what was handed over, however long the task lives', async () => {
    const stopping = new AbortController();
    const heapAt: number[] = [];
    const task = {
      push: async ({ position = 0 }) => {
        if (position % 50_000 === 1) {
          collectGarbage();
          heapAt.push(process.memoryUsage().heapUsed);
        }
        if (position > 200_000) stopping.abort();
      },
    } as PartitionTask;
    await fetchInto(task, endless, new AppendSignal(), stopping.signal);
    expect(heapAt).toHaveLength(5);
    expect(heapAt.at(-1)! - heapAt[0]!).toBeLessThan(150_000 * 20);
    expect(getEventListeners(stopping.signal, 'abort')).toHaveLength(0);
  });

  it('ends with the signal, also while the task has no room', async () => {
    const stopping = new AbortController();
    const task = { push: () => new Promise<void>(() => stopping.abort()) } as unknown as PartitionTask;
    await expect(fetchInto(task, endless, new AppendSignal(), stopping.signal)).resolves.toBeUndefined();
  });

  it('ends with what the task throws', async () => {
    const task = { push: () => Promise.reject(new Error('full')) } as unknown as PartitionTask;
    const signal = new AbortController().signal;
    await expect(fetchInto(task, endless, new AppendSignal(), signal)).rejects.toThrow('full');
  });
});
