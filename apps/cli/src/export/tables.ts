import { defusedNote } from './defused.js';
import { factColumns } from './fact-columns.js';
import type { ColumnSpec, ColumnType, TableSpec } from './table-spec.js';

const column = (name: string, type: ColumnType, unit: string, meaning: string): ColumnSpec => ({
  ...{ name, type, unit, meaning },
});
const customer = column('customer', 'VARCHAR', 'customer id', 'Whom the row is about.');
const definition = column('definition', 'VARCHAR', 'name@version', 'The definition that decided.');
const evidence = [
  definition,
  column('rule', 'VARCHAR', 'rule', 'The rule that decided.'),
  column('evidence', 'VARCHAR', 'JSON', 'The facts that the rule read, with their values.'),
  column(
    'causes',
    'VARCHAR[]',
    'event ids',
    'Identities (source#id, or timer:NAME@DUE) of the causing events.',
  ),
];

export const customers: TableSpec = {
  name: 'customers',
  meaning:
    'One row for each customer: where they stand, and every fact as of `readAt`. Erased ones are left out.',
  columns: [
    customer,
    column('readAt', 'TIMESTAMP', 'UTC', 'The moment as of which facts were read.'),
    column('definition', 'VARCHAR', 'name@version', 'The definition that the customer is under.'),
    ...factColumns,
  ],
  sortedBy: ['customer'],
};

export const transitions: TableSpec = {
  name: 'transitions',
  meaning:
    'One row for each change of stage, health or definition, as published. A change of definition that changes stage or health has a row for each.',
  columns: [
    column('transitionId', 'VARCHAR', 'id', 'The id of the published event.'),
    customer,
    column('happenedAt', 'TIMESTAMP', 'UTC', 'Event time of the change.'),
    column('region', 'VARCHAR', 'stage, health or definition', 'What changed.'),
    column('before', 'VARCHAR', 'stage, health or name@version', 'What it was.'),
    column('after', 'VARCHAR', 'stage, health or name@version', 'What it became.'),
    ...evidence,
  ],
  sortedBy: ['customer', 'happenedAt', 'transitionId', 'region'],
};

export const actions: TableSpec = {
  name: 'actions',
  meaning:
    'One row for each action that was requested or suppressed, as published. Variables of the templates are left out.',
  columns: [
    column('actionId', 'VARCHAR', 'id', 'The id of the action; answers to it carry it.'),
    customer,
    column('decidedAt', 'TIMESTAMP', 'UTC', "The engine's clock at the verdict."),
    column('outcome', 'VARCHAR', 'requested or suppressed', 'What the arbiter decided.'),
    column(
      'reason',
      'VARCHAR',
      'rule of the contact policy',
      'Why it was suppressed; null where it was requested.',
    ),
    column('possibleAt', 'TIMESTAMP', 'UTC', 'When a suppressed action could have passed; null where never.'),
    column('programme', 'VARCHAR', 'programme', 'Who proposed it.'),
    column(
      'kind',
      'VARCHAR',
      'kind of action',
      'What to do: message, offer, survey, perk, gift, task or flag.',
    ),
    column('purpose', 'VARCHAR', 'purpose', 'Which consent it needs.'),
    column('channel', 'VARCHAR', 'channel', 'By which channel.'),
    column('audience', 'VARCHAR', 'audience', 'To whom: the customer, or which department.'),
    column('template', 'VARCHAR', 'template', 'Which text.'),
    column('priority', 'DOUBLE', 'rank', 'Higher goes first.'),
    column('notBefore', 'TIMESTAMP', 'UTC', 'Not to be done before.'),
    column('expiresAt', 'TIMESTAMP', 'UTC', 'Not to be done after.'),
    column('reminderOf', 'VARCHAR', 'action id', 'The action that this one reminds of.'),
    ...evidence,
  ],
  sortedBy: ['customer', 'decidedAt', 'actionId', 'outcome'],
};

export const factsOverTime: TableSpec = {
  name: 'facts',
  meaning:
    'One row for each customer and end of a period since the first event: stage, health and every fact at that moment, as a replay of what was recorded gives them. Events that arrived later with an older time count from when they arrived.',
  columns: [
    customer,
    column('lastDay', 'DATE', "day in the definition's zone", 'The last day of the period.'),
    column('snapshotAt', 'TIMESTAMP', 'UTC', 'The end of that day: facts are of everything before it.'),
    column('definition', 'VARCHAR', 'name@version', 'The definition that the customer was under.'),
    ...factColumns,
  ],
  sortedBy: ['customer', 'snapshotAt'],
};

export const tables = { customers, transitions, actions, facts: factsOverTime } as const;
export type TableName = keyof typeof tables;
export const tableNames = Object.keys(tables) as readonly TableName[];

/** The data dictionary: every column of every table. It is the same with each export. */
export const dictionary: TableSpec = {
  name: 'dictionary',
  meaning: 'One row for each column of each table.',
  columns: [
    column('table', 'VARCHAR', 'table', 'The file without its ending.'),
    column('column', 'VARCHAR', 'column', 'Its name.'),
    column('type', 'VARCHAR', 'DuckDB type', `Lists and maps are JSON text in CSV. ${defusedNote}`),
    column('unit', 'VARCHAR', 'unit', 'In what it is told.'),
    column('meaning', 'VARCHAR', 'text', 'What it says.'),
  ],
  sortedBy: [],
};

export const dictionaryRows = [...Object.values(tables), dictionary].flatMap(({ name, columns }) =>
  columns.map((column) => ({
    table: name,
    column: column.name,
    type: column.type,
    unit: column.unit,
    meaning: column.meaning,
  })),
);
