import { topicName } from '#contracts';
import type { Costs } from '#lifecycle';
import type { EventLog, LogRecord } from '#pipeline';
import type { RecordedOutput } from '../../inspect/why/recorded-outputs.js';
import { recordsFrom } from '../reproduce-partition.js';
import type { Collector } from './collector.js';
import type { Decided } from './decided.js';

interface Told {
  readonly customer: string;
  readonly decided: Decided;
}

/**
 * Tells what was published in step with a rehearsal, so that what both sides decided is forgotten at once, and not held until
 * the last batch.
 */
export class RecordedSide {
  #ahead: Told | undefined;

  constructor(
    private readonly told: AsyncIterator<Told>,
    /** What was decided later is left out, ms. */
    private readonly until: number,
  ) {}

  /** What was decided by then, ms by the recorded clock. */
  async takeUpTo(now: number, hearer: Pick<Collector, 'decided'>): Promise<void> {
    for (;;) {
      if (!this.#ahead) {
        const next = await this.told.next();
        if (next.done === true) return;
        this.#ahead = next.value;
      }
      const { customer, decided } = this.#ahead;
      if (decided.at > now) return;
      if (decided.at <= this.until) hearer.decided(customer, 'against', decided);
      this.#ahead = undefined;
    }
  }
}

interface OutputEvent extends RecordedOutput {
  readonly subject: string;
}

/**
 * What was published of one partition's customers, in order of time: transitions by their event time, actions by the clock
 * that judged them. `first`: the offsets to begin at.
 */
export async function* recordedSide(
  log: EventLog,
  prefix: string,
  partition: number,
  first: readonly [transitions: number, actions: number],
): AsyncGenerator<Told> {
  const [moves, actions] = (['lifecycle.transitions.v1', 'retention.actions.v1'] as const).map((name, i) =>
    recordsFrom(log, topicName(prefix, name), partition, first[i]),
  ) as [AsyncGenerator<LogRecord>, AsyncGenerator<LogRecord>];
  const stages = new Map<string, string>();
  let [move, action] = [await next(moves), await next(actions)];
  while (move ?? action) {
    if (move && (!action || move.at <= action.at)) {
      const stage = stageAfter(move.event) ?? stages.get(move.event.subject) ?? 'exploration';
      stages.set(move.event.subject, stage);
      const decided = moved(move, stage, log);
      if (decided) yield { customer: move.event.subject, decided };
      move = await next(moves);
    } else if (action) {
      const stage = stages.get(action.event.subject) ?? 'exploration';
      yield { customer: action.event.subject, decided: asked(action, stage, log) };
      action = await next(actions);
    }
  }
}

interface Head {
  readonly record: Pick<LogRecord, 'topic' | 'partition' | 'offset'>;
  readonly event: OutputEvent;
  readonly at: number;
}

async function next(records: AsyncIterator<LogRecord>): Promise<Head | undefined> {
  const step: IteratorResult<LogRecord, unknown> = await records.next();
  if (step.done === true) return undefined;
  const record = step.value;
  const event = JSON.parse(String(record.value)) as OutputEvent;
  const { topic, partition, offset } = record;
  return { record: { topic, partition, offset }, event, at: Date.parse(event.time) };
}

function stageAfter({ type, data }: OutputEvent): string | undefined {
  if (type === 'stage.changed.v1') return String(data['to']);
  return type === 'definition.changed.v1' ? String(data['stageTo']) : undefined;
}

/** Kept as a place in the log: of millions only few are ever asked why. */
const again =
  ({ record: { topic, partition, offset } }: Head, log: EventLog) =>
  async (): Promise<RecordedOutput> => {
    for await (const [record] of log.read(topic, partition, offset, offset + 1))
      return JSON.parse(String(record?.value)) as RecordedOutput;
    throw new Error(`${topic} partition ${partition}: offset ${offset} is gone`);
  };

function moved(head: Head, stage: string, log: EventLog): Decided | undefined {
  const { type, data } = head.event;
  const output = again(head, log);
  if (type === 'definition.changed.v1') {
    const [from, to] = [String(data['stageFrom']), String(data['stageTo'])];
    return from === to ? undefined : { what: 'moved', region: 'stage', from, to, at: head.at, stage, output };
  }
  const region = type.slice(0, type.indexOf('.'));
  return {
    ...{ what: 'moved', region, from: String(data['from']), to: String(data['to']) },
    ...{ at: head.at, stage, output },
  };
}

function asked(head: Head, stage: string, log: EventLog): Decided {
  const { type, data } = head.event;
  const { programme, template, channel, audience, kind } = data as Readonly<Record<string, string>>;
  return {
    what: type === 'action.suppressed.v1' ? 'suppressed' : 'requested',
    ...{ programme: programme ?? '', template: template ?? '', channel: channel ?? '' },
    ...{ audience: audience ?? '', kind: kind as keyof Omit<Costs, 'currency'> },
    ...{ at: head.at, stage, output: again(head, log) },
  };
}
