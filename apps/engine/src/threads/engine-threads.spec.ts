import { loadConfig } from '#config';
import type { TaskEvent } from '#pipeline';
import { until } from '#testing';
import { EngineThreads } from './engine-threads.js';

/** A thread that does what the text says with `say`, and ends when it is told to stop. */
const thread = (text: string): URL =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`
      import { parentPort, workerData } from 'node:worker_threads';
      const say = (message) => parentPort.postMessage(message);
      const status = (partition, ready = true) => ({
        kind: 'status',
        status: {
          ready, reasons: ready ? [] : ['partition ' + partition + ' is starting'],
          definition: 'retail@2', brakes: {}, tasks: [{ partition }],
        },
      });
      const first = Atomics.add(workerData.config.order, 0, 1) === 0;
      parentPort.on('message', (message) => {
        if (message !== 'stop') return say({ kind: 'observed', event: { kind: 'stopped', partition: 7, reason: message } });
        Atomics.add(workerData.config.order, 1, 1);
        process.exit(0);
      });
      ${text}
    `)}`,
  );

function threads(text: string) {
  const observed: TaskEvent[] = [];
  const fatal: string[] = [];
  const config = { ...loadConfig({}), order: new Int32Array(new SharedArrayBuffer(8)) };
  const engine = new EngineThreads({
    threads: 2,
    settings: { config, partitions: 8 },
    definition: 'retail@1',
    entry: thread(text),
    observe: (event) => observed.push(event),
    onFatal: ({ message }) => fatal.push(message),
  });
  return { engine, observed, fatal, stopped: () => Atomics.load(config.order, 1) };
}

describe('an engine in threads', () => {
  it('is not ready until every thread has told how it stands, then shows all partitions in their order', async () => {
    const { engine } = threads(`say(status(first ? 3 : 1)); say({ kind: 'started' });`);
    const starting = engine.start();
    expect(engine.status()).toMatchObject({
      ready: false,
      reasons: ['engine thread 0 is starting', 'engine thread 1 is starting'],
      definition: 'retail@1',
      tasks: [],
    });
    await starting;
    expect(engine.status()).toEqual({
      ready: true,
      reasons: [],
      definition: 'retail@2',
      brakes: {},
      tasks: [{ partition: 1 }, { partition: 3 }],
    });
    await engine.stop();
  });

  it('is not ready while one thread is not, and says why', async () => {
    const { engine } = threads(`say(status(first ? 3 : 1, !first)); say({ kind: 'started' });`);
    await engine.start();
    expect(engine.status()).toMatchObject({ ready: false, reasons: ['partition 3 is starting'] });
    await engine.stop();
  });

  it('tells what its threads count, and of changed controls once', async () => {
    const { engine, observed } = threads(
      `say({ kind: 'observed', event: { kind: 'controls', definition: 'retail@2', brakes: {} } });
       say({ kind: 'started' });`,
    );
    await engine.start();
    engine.settle();
    await until('both have heard of it', 5_000, () => observed.length >= 3);
    await engine.stop();
    expect(observed.map(({ kind }) => kind).sort()).toEqual(['controls', 'stopped', 'stopped']);
    expect(observed).toContainEqual({ kind: 'stopped', partition: 7, reason: 'settle' });
  });

  it('does not start where one thread cannot, and leaves none running', async () => {
    const { engine, stopped } = threads(
      `if (first) say({ kind: 'failed', error: new Error('no room') }); else say({ kind: 'started' });`,
    );
    await expect(engine.start()).rejects.toThrow('no room');
    expect(stopped()).toBe(2);
  });

  it.each([
    ['fails', `setTimeout(() => say({ kind: 'failed', error: new Error('no more') }), 20);`, 'no more'],
    ['throws', `setTimeout(() => { throw new Error('by mistake'); }, 20);`, 'by mistake'],
    ['ends', `setTimeout(() => process.exit(3), 20);`, 'ended with 3'],
  ])('cannot go on when a thread %s, and stops all the same', async (_, later, message) => {
    const { engine, fatal } = threads(`say({ kind: 'started' }); if (first) ${later}`);
    await engine.start();
    await until('it is told', 5_000, () => fatal.length > 0);
    expect(fatal[0]).toContain(message);
    await engine.stop();
  });
});
