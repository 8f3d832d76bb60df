import { isRetriable, type BackoffOptions, backOff } from './backoff.js';
import { LogError, type Offsets, type OutboundRecord, type TaskSession } from '#pipeline';

/** A topic's records up to `next` are done; `records` are what doing them produced. */
export interface Settled {
  readonly topic: string;
  readonly next: number;
  readonly records: readonly OutboundRecord[];
}

export interface CommitterOptions {
  readonly openSession: () => Promise<TaskSession>;
  readonly backoff: BackoffOptions;
  readonly retrying: (attempts: number, error?: unknown) => void;
  /** No retry can help; nothing more will be committed. */
  readonly failed: (error: unknown) => void;
}

/**
 * Commits what is settled in small batches, each with its offsets in one transaction. After any error it throws the
 * session away, opens a new one and commits only what the committed offsets do not cover yet.
 */
export class Committer {
  static readonly BATCH = 200;
  static readonly LINGER_MS = 100;
  /** Times that another may take the partition over before this one gives in. */
  static readonly FENCES = 5;
  readonly #ended = new AbortController();
  #session: TaskSession | undefined;
  #committed: Offsets = {};
  #fences = 0;
  #settled: Settled[] = [];
  #flushing: Promise<void> | undefined;
  #linger: NodeJS.Timeout | undefined;

  constructor(readonly options: CommitterOptions) {}

  /** Takes the right to write and returns the committed offsets. Undefined when it was stopped first. */
  async open(): Promise<Offsets | undefined> {
    const session = await this.#attempts(() => this.#openSession());
    return session && this.#committed;
  }

  /** Resolves when there is room for more. */
  async settle(settled: Settled): Promise<void> {
    this.#settled.push(settled);
    if (this.#settled.length < Committer.BATCH) {
      this.#linger ??= setTimeout(() => void this.flush(), Committer.LINGER_MS);
    } else {
      const flushed = this.flush();
      if (this.#settled.length >= 2 * Committer.BATCH) await flushed;
    }
  }

  /** Commits everything that is settled. Never rejects: an end without commit was told to `failed`. */
  flush(): Promise<void> {
    clearTimeout(this.#linger);
    this.#linger = undefined;
    this.#flushing ??= this.#commitAll()
      .catch((error: unknown) => {
        this.#ended.abort();
        this.options.failed(error);
      })
      .finally(() => (this.#flushing = undefined));
    return this.#flushing;
  }

  /** Commits nothing more; resolves when no commit is in flight. */
  async stop(): Promise<void> {
    this.#ended.abort();
    clearTimeout(this.#linger);
    await this.#flushing;
    await this.#discardSession();
  }

  async #commitAll(): Promise<void> {
    while (this.#settled.length > 0 && !this.#ended.signal.aborted) {
      const batch = this.#settled;
      this.#settled = [];
      await this.#attempts(() => this.#commit(batch));
    }
  }

  async #commit(batch: readonly Settled[]): Promise<void> {
    const session = this.#session ?? (await this.#openSession());
    const open = batch.filter(({ topic, next }) => next > (this.#committed[topic] ?? 0));
    if (open.length === 0) return;
    const offsets = Object.fromEntries(open.map(({ topic, next }) => [topic, next]));
    await session.commit(
      open.flatMap(({ records }) => records),
      offsets,
    );
    this.#committed = { ...this.#committed, ...offsets };
  }

  async #openSession(): Promise<TaskSession> {
    const session = await this.options.openSession();
    this.#session = session;
    this.#committed = await session.committed();
    return session;
  }

  async #attempts<T>(work: () => Promise<T>): Promise<T | undefined> {
    for (let attempt = 1; !this.#ended.signal.aborted; attempt++) {
      try {
        const result = await work();
        if (attempt > 1) this.options.retrying(attempt);
        return result;
      } catch (error) {
        await this.#discardSession();
        const fenced = error instanceof LogError && error.code === 'fenced';
        if (fenced && ++this.#fences > Committer.FENCES) throw takenOver(error);
        if (!fenced && !isRetriable(error)) throw error;
        this.options.retrying(attempt, error);
        await backOff(attempt, this.options.backoff, this.#ended.signal);
      }
    }
    return undefined;
  }

  async #discardSession(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await session?.close().catch(() => undefined);
  }
}

const takenOver = (cause: Error): Error =>
  new Error(
    'another process takes this partition over again and again: two of one group on an embedded log?',
    {
      cause,
    },
  );
