import { orderTopic, topicName } from '#contracts';
import type { EventLog } from '#pipeline';
import type { Command, Context } from '../context.js';
import { definitionInForce } from '../control/in-force.js';
import { exitCode } from '../exit-code.js';
import { Failure } from '../failure.js';
import { definitionBook } from '../inspect/definition-book.js';
import { recordedDefinitions } from '../replay/recorded-lifecycles.js';
import { readSnapshot } from '../snapshot/read-snapshot.js';
import { customerRows } from './customer-rows.js';
import { factRows } from './fact-rows.js';
import { prepareFolder } from './folder.js';
import { actionRows, transitionRows } from './output-rows.js';
import type { Grain } from './period.js';
import type { FileFormat, Row } from './table-spec.js';
import { dictionary, dictionaryRows, tables, type TableName } from './tables.js';
import { tableFile, writeTable } from './write-table.js';

export interface ExportArguments {
  readonly output: FileFormat;
  readonly to: string;
  readonly grain: Grain;
  /** When the facts of `customers` are read, ms; now where absent. */
  readonly at?: number | undefined;
  /** A snapshot's folder, where `facts` begin. */
  readonly fromSnapshot?: string | undefined;
}

/** `perennial export TABLE…`: files of these tables, and the data dictionary. Joins no group and changes nothing. */
export const exportTables =
  (names: readonly TableName[], options: ExportArguments): Command =>
  async (context) => {
    const { to, output, fromSnapshot } = options;
    const wanted = [...new Set(names)];
    if (fromSnapshot !== undefined && !wanted.includes('facts'))
      throw new Failure('--from-snapshot: only the table facts is made by a replay', exitCode.usage);
    await prepareFolder(
      to,
      wanted.map((name) => tableFile(to, tables[name], output)),
    );
    for (const name of wanted) {
      const rows = await rowsOf(name, options, context);
      const count = await writeTable(to, tables[name], output, counted(name, rows, context));
      context.terminal.say(`${tableFile(to, tables[name], output)}: ${count.toLocaleString('en')} rows`);
    }
    await writeTable(to, dictionary, 'csv', dictionaryRows);
    context.terminal.say(`${tableFile(to, dictionary, 'csv')}: what each column means`);
    return exitCode.ok;
  };

async function rowsOf(
  name: TableName,
  { grain, at, fromSnapshot }: ExportArguments,
  { backends, config, terminal, now }: Context,
): Promise<AsyncIterable<Row>> {
  const { log, store } = await backends();
  const prefix = config.topicPrefix;
  switch (name) {
    case 'transitions':
      return transitionRows(log, prefix);
    case 'actions':
      return actionRows(log, prefix);
    case 'customers': {
      const definitions = definitionBook(config, async () => store);
      return customerRows(store, definitions, await definitionInForce(config, store), at ?? now());
    }
    case 'facts': {
      const { settings } = await definitionInForce(config, store);
      return factRows({
        ...{ log, prefix, grain, zone: settings.calendar.zone },
        definitionOf: recordedDefinitions(config, store),
        begun: fromSnapshot === undefined ? undefined : await begunAt(fromSnapshot, log, prefix),
        progress: (batches) => {
          if (batches % 10 === 0) terminal.progress(`${batches.toLocaleString('en')} batches repeated`);
        },
      });
    }
  }
}

async function begunAt(folder: string, log: EventLog, prefix: string) {
  const partitions = (await log.range(topicName(prefix, orderTopic))).length;
  const snapshot = await readSnapshot(folder, prefix, partitions);
  return (partition: number) => snapshot.partition(partition);
}

/** The same rows; a table without any is refused. */
async function* counted(name: TableName, rows: AsyncIterable<Row>, { terminal, config }: Context) {
  let count = 0;
  for await (const row of rows) {
    yield row;
    if (++count % 10_000 === 0) terminal.progress(`${name}: ${count.toLocaleString('en')} rows`);
  }
  if (count === 0)
    throw new Failure(
      `${name}: there is nothing to export. ${whyNothing[name]} Looked at: ${config.kafka === undefined ? config.dataDir : 'Kafka'}.`,
    );
}

const whyNothing: Readonly<Record<TableName, string>> = {
  customers: 'The store knows no customer: no engine has folded an event yet.',
  transitions: 'lifecycle.transitions.v1 holds nothing: no engine has decided anything yet.',
  actions: 'retention.actions.v1 holds nothing: no programme has proposed anything yet.',
  facts: 'lifecycle.order.v1 records no batch whose events lie in a period that has ended.',
};
