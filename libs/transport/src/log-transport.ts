import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { Membership } from '#pipeline';
import { defaultBackoff, isRetriable } from './backoff.js';
import type { Handlers } from './handle-record.js';
import type { LogContext } from './log-context.js';
import type { LogTransportOptions, TypedEvent } from './log-transport.options.js';
import { Progress, type Counts, type Trouble } from './progress.js';
import { SubscriptionTask } from './subscription-task.js';

/**
 * `unhealthy`: something keeps failing and is being repeated. `failed`: the subscription stopped for good, at least
 * in one partition; nothing that was not handled is lost.
 */
export type LogTransportStatus = 'consuming' | 'unhealthy' | 'failed' | 'closed';

export type LogTransportEvents = Record<'unhealthy', (trouble: Trouble) => void>;

/**
 * Nest's transport over an event log of either kind: subscribers are ordinary controllers with `@EventPattern(type)`,
 * payload the decoded event, context a `LogContext`. Per partition and topic in order, at least once; an offset moves
 * when its record was handled, skipped or dead-lettered. Register `KeepErrorsFilter` as a global filter.
 */
export class LogTransport
  extends Server<LogTransportEvents, LogTransportStatus>
  implements CustomTransportStrategy, Handlers
{
  /** Errors are answered here, so Nest need not log them. */
  override readonly propagatesEventHandlerErrors = true;
  override transportId = Symbol('event log');
  readonly #handlers = new Map<string, MessageHandler[]>();
  readonly #tasks = new Set<SubscriptionTask>();
  readonly #listeners: ((trouble: Trouble) => void)[] = [];
  readonly #progress: Progress;
  #membership: Membership | undefined;
  #failure: Error | undefined;

  constructor(readonly options: LogTransportOptions) {
    super();
    this.#progress = new Progress(options.retry?.attempts ?? defaultBackoff.attempts, (state) => {
      if (state !== 'healthy') for (const listener of this.#listeners) listener(state);
      if (!this.#failure) this._status$.next(state === 'healthy' ? 'consuming' : 'unhealthy');
    });
  }

  async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      const { log, group, topics } = this.options;
      this.#membership = await log.join({
        group,
        topics,
        open: (partition) => this.#open(partition),
        onFailure: (error) => this.#fail(error),
      });
    } catch (error) {
      callback(error);
      return;
    }
    if (!this.#failure) this._status$.next('consuming');
    callback();
  }

  /** Finishes and commits the records in hand, then leaves the group. */
  async close(): Promise<void> {
    await Promise.all([...this.#tasks].map((task) => task.drain()));
    const membership = this.#membership;
    this.#membership = undefined;
    await membership?.leave();
    this._status$.next('closed');
  }

  on(_event: 'unhealthy', callback: (trouble: Trouble) => void): void {
    this.#listeners.push(callback);
  }

  /** The event log. */
  unwrap<T>(): T {
    return this.options.log as T;
  }

  /** Partition indexes that this process works on. */
  assigned(): readonly number[] {
    return this.#membership?.assigned() ?? [];
  }

  /** Everything before this offset was handled, here or earlier; undefined where the partition is not ours. */
  position(topic: string, partition: number): number | undefined {
    return [...this.#tasks].findLast((task) => task.partition === partition)?.position(topic);
  }

  get counts(): Readonly<Counts> {
    return this.#progress.counts;
  }

  /** Why not all is well, in words; empty when it is. */
  get troubles(): readonly string[] {
    return [
      ...(this.#failure ? [this.#failure.message] : []),
      ...this.#progress.troubles.map(
        ({ what, attempts, error }) =>
          `${what}: attempt ${attempts} failed: ${error instanceof Error ? error.message : String(error)}`,
      ),
    ];
  }

  /** Handlers are kept side by side: Nest's own chain would leave one running when another fails. */
  override addHandler(
    pattern: string,
    handler: MessageHandler,
    isEventHandler = false,
    extras: Record<string, unknown> = {},
  ): void {
    const type = this.normalizePattern(pattern);
    if (!isEventHandler)
      throw new Error(`'${type}' awaits an answer; a log carries events: use @EventPattern`);
    this.#handlers.set(type, [...(this.#handlers.get(type) ?? []), handler]);
    if (!this.messageHandlers.has(type)) super.addHandler(pattern, handler, isEventHandler, extras);
  }

  has(type: string): boolean {
    return this.#handlers.has(type);
  }

  async call(event: TypedEvent, context: LogContext): Promise<void> {
    const outcomes = await Promise.allSettled(
      (this.#handlers.get(event.type) ?? []).map((handler) => this.#run(handler, event, context)),
    );
    const errors = outcomes.flatMap((o): unknown[] => (o.status === 'rejected' ? [o.reason] : []));
    if (errors.length > 0) throw errors.find(isRetriable) ?? errors[0];
  }

  #run(handler: MessageHandler, event: TypedEvent, context: LogContext): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const handle = async () => {
      const result: unknown = await handler(event, context);
      if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
    };
    this.runWithProcessingHooks(context, (end) => handle().then(resolve, reject).finally(end));
    return promise;
  }

  #open(partition: number): SubscriptionTask {
    const task = new SubscriptionTask(
      partition,
      this.options,
      this,
      this.#progress,
      (error) => this.#fail(error),
      () => this.#tasks.delete(task),
    );
    this.#tasks.add(task);
    return task;
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this._status$.next('failed');
    this.options.onFailure(error);
  }
}
