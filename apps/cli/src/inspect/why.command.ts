import { homePartition, topicName } from '#contracts';
import type { EventLog, LogRecord } from '#pipeline';
import type { Command } from '../context.js';
import { exitCode } from '../exit-code.js';
import { Failure } from '../failure.js';
import { printRows, type Format } from '../output.js';

/** One thing that was decided about a customer, with what it rests on. */
export interface Reason {
  /** Event time of a transition, recorded clock of an action. */
  readonly at: string;
  readonly what: string;
  readonly rule: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly causes: readonly string[];
  readonly id: string;
  readonly type: string;
}

const columns = ['at', 'what', 'rule', 'facts', 'causes'];

/** `perennial why CUSTOMER`: what the output topics say of the customer, in the order of time. */
export const why =
  (customer: string, output: Format): Command =>
  async ({ terminal, config, backends }) => {
    const { log, store } = await backends();
    const reasons: Reason[] = [];
    for (const name of ['lifecycle.transitions.v1', 'retention.actions.v1'])
      for await (const record of recordsOf(log, topicName(config.topicPrefix, name), customer))
        reasons.push(reasonOf(record));
    reasons.sort((a, b) => a.at.localeCompare(b.at));
    await printRows(terminal, output, reasons, columns);
    if (reasons.length > 0) return exitCode.ok;
    if (!(await store.load([customer])).has(customer))
      throw new Failure(`the store knows no customer '${customer}'`);
    terminal.say(`Nothing was decided about ${customer} so far.`);
    return exitCode.ok;
  };

async function* recordsOf(log: EventLog, topic: string, customer: string): AsyncGenerator<LogRecord> {
  const ranges = await log.range(topic);
  const partition = homePartition(customer, ranges.length);
  const range = ranges[partition];
  if (range === undefined) return;
  const key = Buffer.from(customer);
  for await (const records of log.read(topic, partition, range.start, range.end))
    for (const record of records) if (record.key?.equals(key) === true) yield record;
}

interface Output {
  readonly id: string;
  readonly type: string;
  readonly time: string;
  readonly data: Readonly<Record<string, unknown>> & Pick<Reason, 'rule' | 'facts' | 'causes'>;
}

function reasonOf({ value }: LogRecord): Reason {
  const { id, type, time, data } = JSON.parse(String(value)) as Output;
  const { rule, facts, causes } = data;
  return { at: time, what: what(type, data), rule, facts, causes, id, type };
}

function what(type: string, data: Output['data']): string {
  const said = (name: string) => String(data[name]);
  switch (type) {
    case 'action.requested.v1':
      return `${said('programme')}: ${said('kind')} '${said('template')}' by ${said('channel')}`;
    case 'action.suppressed.v1':
      return `${said('programme')}: ${said('kind')} '${said('template')}' suppressed: ${said('reason')}`;
    default:
      return `${type.slice(0, type.indexOf('.'))}: ${said('from')} → ${said('to')}`;
  }
}
