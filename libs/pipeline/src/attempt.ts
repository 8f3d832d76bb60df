import type { Lifecycle } from '#lifecycle';
import { commitBatch, fits } from './commit-batch.js';
import type { InForce } from './controls/controls.js';
import { FanOut, pageSize } from './controls/fan-out.js';
import { CustomerCache } from './customer-cache.js';
import type { Intent } from './customer-store.port.js';
import { LogError, type Offsets, type TaskSession } from './event-log.port.js';
import { customersOf, foldBatch, type FoldedBatch } from './fold-batch.js';
import { lastReadOf, requireSameTopics, type LastRead } from './last-read.js';
import { Pace } from './pace.js';
import { PartitionStopped, reconcile, requireRules, type Resumption } from './reconcile.js';
import { standing } from './standing.js';
import type { StormGuard } from './storm-guard.js';
import type { TaskDeps } from './task-deps.js';
import type { TaskInputs } from './task-inputs.js';
import { TimerScheduler } from './timer-scheduler.js';
import type { Located } from './topic-buffer.js';

const TICK_MS = 1_000;
const RECHECK_MS = 50;

/** Waits for a reason to look again. */
type Wait = () => Promise<void>;

/**
 * One attempt to own a partition: from fencing whoever was before to the first indefinite error. It starts with an
 * empty cache and assumes nothing of an earlier attempt.
 */
export class Attempt {
  readonly #cache: CustomerCache;
  readonly #timers: TimerScheduler;
  readonly #fanOut: FanOut;
  readonly #pace: Pace;
  #next: Offsets;
  #done: number;
  #redo: Intent | undefined;
  #timersCheckedAt = 0;
  /** Nothing is left to fold, and no timer is due. */
  quiet = false;

  /** Fences in the log, then raises the epoch and reads the intent, then reads the committed offsets: in this order. */
  static async begin(deps: TaskDeps, inputs: TaskInputs, storm: StormGuard): Promise<Attempt> {
    const { log, store, group, partition, topics } = deps;
    if (inputs.interruption?.retriable) inputs.interruption = undefined;
    const session = await log.openSession(group, partition, topics);
    try {
      const { epoch, intent } = await store.claim(partition);
      await deps.controls.refresh();
      requireRules(partition, intent, deps.controls.current.lifecycle.rules);
      const ranges = await Promise.all(topics.map((topic) => log.range(topic)));
      const range = Object.fromEntries(
        topics.map((t, i) => [t, ranges[i]?.[partition] ?? { start: 0, end: 0 }]),
      );
      const [committed, resumption] = await standing(session, (found) =>
        reconcile({ partition, group, topics, committed: found, range, intent }),
      );
      await requireSameTopics(intent?.lastRead ?? [], { log, partition, group, committed, range });
      requireReading(partition, inputs);
      inputs.watermark.restore(intent?.watermark ?? 0);
      inputs.committed(resumption.next);
      inputs.require(resumption.redo?.to ?? {});
      return new Attempt(deps, inputs, storm, session, epoch, resumption, intent?.lastRead ?? []);
    } catch (error) {
      await session.close().catch(() => undefined);
      throw error;
    }
  }

  private constructor(
    private readonly deps: TaskDeps,
    private readonly inputs: TaskInputs,
    private readonly storm: StormGuard,
    private readonly session: TaskSession,
    private readonly epoch: number,
    { next, done, redo }: Resumption,
    private lastRead: readonly LastRead[],
  ) {
    this.#cache = new CustomerCache(deps.limits.cachedCustomers);
    this.#timers = new TimerScheduler(deps);
    this.#fanOut = new FanOut(deps);
    this.#pace = new Pace(deps.clock, deps.limits.commitIntervalMs, () => inputs.arrival.signal());
    this.#next = next;
    this.#done = done;
    this.#redo = redo;
  }

  close(): Promise<void> {
    this.#pace.stop();
    return this.session.close();
  }

  /** One turn: applies a batch (true), or waits for a reason to look again (false). */
  async step(): Promise<boolean> {
    const { turns, limits } = this.deps;
    await this.#paced();
    const most = this.#redo ? limits.maxRecords : Math.min(this.inputs.buffered, limits.maxRecords);
    const idle = await turns.take(most, () => this.#turn());
    await idle?.();
    return idle === undefined;
  }

  async #paced(): Promise<void> {
    const { inputs } = this;
    while (!this.#redo && !inputs.closed && !inputs.interruption && this.#pace.isEarly(inputs.lag))
      await inputs.arrival.wait(TICK_MS);
  }

  async #turn(): Promise<Wait | undefined> {
    const { interruption: cause, closed } = this.inputs;
    if (closed) return async () => undefined;
    // Positions may not be what they were: only a new attempt looks at them.
    if (cause) throw new LogError('indefinite', cause.message, { cause });
    const wait = await (this.#redo ? this.#again(this.#redo) : this.#apply());
    // Not before: what arrives now is then decoded in its own turn.
    this.inputs.makeRoom();
    return wait;
  }

  /** Applies a batch; where there is none, returns what to wait for. */
  async #apply(): Promise<Wait | undefined> {
    const now = this.deps.clock.now();
    const inForce = this.deps.controls.current;
    await this.inputs.settleEnds(now);
    for (let maxRecords = this.deps.limits.maxRecords; ;) {
      const cut = this.inputs.next(now, maxRecords);
      if (cut.kind !== 'take') return () => this.#idle(cut.kind, inForce, now);
      this.#pace.begun();
      const to = { ...this.#next, ...Object.fromEntries(cut.to) };
      const batch = this.inputs.gather(this.#next, to);
      const lastRead = lastReadOf(batch, this.lastRead);
      const watermark = this.inputs.watermark.reach(cut.watermark, now);
      const intent = { ...this.#intent(to, watermark, inForce, now), lastRead };
      const folded = await this.#fold(batch, intent, inForce.lifecycle);
      if (batch.length > 1 && !fits(folded, this.deps.limits)) {
        maxRecords = Math.floor(batch.length / 2);
        continue;
      }
      this.storm.check(folded, this.#next);
      await this.#commit(batch, folded, intent, false);
      this.inputs.watermark.advance(cut.watermark, now);
      await this.#publishTimers(now);
      await this.#fanOutPage(inForce, now);
      return undefined;
    }
  }

  async #idle(why: 'wait' | 'idle', inForce: InForce, now: number): Promise<void> {
    let told = false;
    if (why === 'idle') {
      this.inputs.watermark.advance(now, now);
      told = await this.#fanOutPage(inForce, now);
      const timers = await this.#publishTimers(now);
      this.quiet = !told && (timers === 0 || (timers === undefined && this.quiet));
    }
    await this.inputs.arrival.wait(why === 'wait' || told ? RECHECK_MS : TICK_MS);
  }

  /** A batch in doubt is done again with the very same slices, clock and definition. */
  async #again(intent: Intent): Promise<Wait | undefined> {
    if (!this.inputs.covers(intent.to)) return () => this.inputs.arrival.wait(TICK_MS);
    const { controls, lifecycleOf } = this.deps;
    const { lifecycle } = controls.current;
    const rules =
      intent.definition === lifecycle.definition.hash ? lifecycle : await lifecycleOf(intent.definition);
    const batch = this.inputs.gather(intent.from, intent.to);
    await this.#commit(batch, await this.#fold(batch, intent, rules), intent, true);
    this.#redo = undefined;
    this.inputs.require({});
    return undefined;
  }

  #intent(to: Offsets, watermark: number, { lifecycle, brakes }: InForce, now: number): Intent {
    const { group } = this.deps;
    const { definition, rules } = lifecycle;
    return {
      group,
      number: this.#done + 1,
      from: this.#next,
      to,
      watermark,
      now,
      definition: definition.hash,
      rules,
      ...(brakes && { brakes }),
    };
  }

  async #fold(batch: readonly Located[], intent: Intent, lifecycle: Lifecycle): Promise<FoldedBatch> {
    const documents = await this.#cache.load(customersOf(batch), this.deps.store, intent.number);
    return foldBatch(batch, documents, intent, { ...this.deps, lifecycle });
  }

  async #commit(
    batch: readonly Located[],
    folded: FoldedBatch,
    intent: Intent,
    redo: boolean,
  ): Promise<void> {
    const { store, atomic, partition, clock, observe } = this.deps;
    const started = clock.now();
    this.quiet = false;
    const { session, epoch } = this;
    const documents = await commitBatch(folded, intent, redo, { store, atomic, session, partition, epoch });
    // Outputs are for whoever finds the batch in doubt, which from here on nobody does.
    for (const document of documents) this.#cache.put({ ...document, outputs: [] });
    this.#next = { ...this.#next, ...intent.to };
    this.#done = intent.number;
    this.lastRead = intent.lastRead ?? [];
    this.inputs.watermark.recorded(intent.watermark);
    this.inputs.committed(this.#next);
    if (folded.counts.rerouted > 0) this.inputs.watermark.hold(clock.now());
    if (this.#timers.folded(batch)) this.#timersCheckedAt = 0;
    this.storm.passed(folded, intent.from);
    const { counts, tally, broken } = folded;
    observe({ kind: 'batch', partition, counts, tally, commitMs: clock.now() - started, foldErrors: broken });
  }

  /** True while there is something left to say. Not while much else waits, so that at most a page or two are under way. */
  async #fanOutPage({ fanOuts, lifecycle }: InForce, now: number): Promise<boolean> {
    if (fanOuts.length === 0) return false;
    return this.inputs.lag >= pageSize || this.#fanOut.turn(fanOuts, lifecycle.definition.hash, now);
  }

  /** At most once a second, or at once after timers were folded: more may have come due. Undefined when it did not look. */
  async #publishTimers(now: number): Promise<number | undefined> {
    const since = now - this.#timersCheckedAt;
    // A clock that was set back must not keep timers waiting until it is where it was.
    if (since >= 0 && since < TICK_MS) return undefined;
    const upTo = this.inputs.watermark.timersUpTo(now);
    if (upTo === -Infinity) return undefined;
    this.#timersCheckedAt = now;
    return this.#timers.publishDue(upTo, now);
  }
}

/** @throws PartitionStopped `unreadable` */
function requireReading(partition: number, { interruption }: TaskInputs): void {
  if (interruption === undefined || interruption.retriable) return;
  throw new PartitionStopped(
    partition,
    'unreadable',
    `partition ${partition}: ${interruption.message}. Mend it, then start the engine again.`,
  );
}
