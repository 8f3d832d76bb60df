import { once } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import { inputTopics, outputTopics } from '#contracts';
import type { LogRecord } from '#pipeline';
import { openEmbedded, type Embedded } from '#store-embedded';
import { forkCompiled, killHard } from '#testing';
import { examine } from '../simulation/examine.js';
import type { Held } from '../simulation/held.js';
import { Random } from '../simulation/random.js';
import { group, partitions } from './load.js';

/** How far a process had come when it was killed. */
export type Phase = 'opening' | 'recovering' | 'working';

/**
 * Each process is to die in one of these, at most so many ms after the line with which it begins. Opening may be over within a few ms,
 * or take fifty on a busy machine: most die soon.
 */
const phases = [
  { phase: 'opening', line: 'loaded', ms: 60, haste: 4 },
  { phase: 'recovering', line: 'opened', ms: 120, haste: 1 },
  { phase: 'working', line: 'committed', ms: 250, haste: 1 },
] as const;
const child = new URL('./engine.child.ts', import.meta.url);

/** One folder, and one engine process after the other on it, each killed at a random instant of its life. */
export class Lane {
  readonly killed: Record<Phase, number> = { opening: 0, recovering: 0, working: 0 };
  /** All records below are acknowledged. */
  published = 0;
  readonly #random: Random;
  #next: Living;

  constructor(
    private readonly path: string,
    private readonly seed: number,
  ) {
    this.#random = new Random(seed);
    this.#next = new Living(path, seed);
  }

  async killOne(): Promise<void> {
    const living = this.#next;
    await living.says('loaded');
    // The next one loads its code meanwhile. Begun first, since a fork keeps this process for longer than opening may take.
    this.#next = new Living(this.path, this.seed);
    const { line, ms, haste } = this.#random.of(phases);
    living.go(this.published);
    await living.says(line);
    await new Promise((resolve) => setTimeout(resolve, this.#random.next() ** haste * ms));
    await living.kill();
    this.killed[living.phase]++;
    this.published = Math.max(this.published, living.published);
  }

  /** One more process, which is left in peace until everything is folded. */
  async finish(): Promise<void> {
    await this.#next.says('loaded');
    this.#next.go(this.published);
    await this.#next.finishes();
    this.published = Math.max(this.published, this.#next.published);
  }

  /** What the folder holds is whole: nothing lost, doubled, or out of order. Returns what is not, and the size. */
  async examined(settled: boolean): Promise<{ broken: readonly string[]; batches: number; records: number }> {
    const embedded = await openEmbedded({ path: this.path, engine: true });
    try {
      const held = await heldBy(embedded);
      const { broken, batches } = examine(held, settled ? { settledAt: Date.now() } : {});
      const ids = new Set<number>();
      let records = 0;
      for (const topic of inputTopics)
        for (let p = 0; p < partitions; p++)
          for (const { value } of held.records(topic, p)) {
            records++;
            ids.add(Number(/"id":"e-(\d+)"/.exec(String(value))?.[1] ?? -1));
          }
      const lost = Array.from({ length: this.published }, (_, n) => n).filter((n) => !ids.has(n));
      return {
        broken: [...broken, ...lost.map((n) => `e-${n} was acknowledged and is lost`)],
        batches,
        records,
      };
    } finally {
      await embedded.close();
    }
  }

  async close(): Promise<void> {
    await this.#next.kill();
  }
}

class Living {
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown[]>;
  #told = '';

  constructor(path: string, seed: number) {
    this.#child = forkCompiled(child, path, String(seed));
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.#told += text));
    this.#closed = once(this.#child, 'close');
  }

  /** In which it is, or was when it died. */
  get phase(): Phase {
    return phases.findLast(({ line }) => this.#told.includes(`${line}\n`))?.phase ?? 'opening';
  }

  get published(): number {
    const told = [...this.#told.matchAll(/^published (\d+)$/gm)].at(-1);
    return Number(told?.[1] ?? 0);
  }

  go(from: number): void {
    this.#child.send(`go ${from}`);
  }

  /** Resolves when it has said so. @throws Error when it ends before. */
  async says(line: string): Promise<void> {
    for (let ended = false; !this.#told.includes(`${line}\n`);) {
      if (ended) throw new Error(`the engine ended before it said ${line}`);
      const more = new Promise<false>((resolve) => this.#child.stdout?.once('data', () => resolve(false)));
      ended = await Promise.race([more, this.#closed.then(() => true)]);
    }
  }

  async kill(): Promise<void> {
    await killHard(this.#child);
    await this.#closed;
  }

  async finishes(): Promise<void> {
    this.#child.send('finish');
    const [code] = await this.#closed;
    if (code !== 0) throw new Error(`the engine ended with ${String(code)}`);
  }
}

const examinedTopics = [
  ...inputTopics,
  ...outputTopics,
  ...inputTopics.map((name) => `${name}.dlq`),
  'lifecycle.order.v1',
];

async function heldBy({ log, store }: Embedded): Promise<Held> {
  const records = new Map<string, LogRecord[]>();
  for (const topic of examinedTopics)
    for (const [p, { start, end }] of (await log.range(topic)).entries()) {
      const all: LogRecord[] = [];
      for await (const chunk of log.read(topic, p, start, end)) all.push(...chunk);
      records.set(`${topic}/${p}`, all);
    }
  const offsets = await log.groupOffsets(group, [...inputTopics]);
  const documents = [];
  for await (const document of store.scan()) documents.push(document);
  return {
    partitions,
    records: (topic, p) => records.get(`${topic}/${p}`) ?? [],
    committed: (topic, p) => {
      const offset = offsets[topic]?.[p] ?? -1;
      return offset < 0 ? undefined : offset;
    },
    documents,
  };
}
