import { stages } from '#contracts';
import type { Column, Content, LineSeries, Report, Table } from '#html-report';
import type { Breakdown } from './breakdown.js';
import type { WhatIf } from './result.js';
import { entryLines, summaryOf } from './what-if-text.js';

/** A what-if as one page. `command`: how it was made. */
export function whatIfReport(it: WhatIf, command: string): Report {
  const { against, candidate, costs, moved } = it;
  const money = { currency: costs.currency };
  const sides = [against.definition, candidate.definition] as const;
  const share = (n: number) =>
    `${((100 * n) / Math.max(1, it.customers)).toFixed(1)} % of ${it.customers.toLocaleString('en')}`;
  return {
    title: `What if ${candidate.definition} were in force?`,
    subtitle: `${it.events.toLocaleString('en')} events of ${it.customers.toLocaleString('en')} customers, ${it.from.slice(0, 10)} to ${it.to.slice(0, 10)}, against ${against.definition}`,
    notice: it.notice,
    figures: [
      { label: 'would end in another stage', value: moved.stage, format: 'count', note: share(moved.stage) },
      { label: 'would get an action more', value: moved.gained, format: 'count', note: share(moved.gained) },
      { label: 'would get one less', value: moved.lost, format: 'count', note: share(moved.lost) },
      {
        ...{ label: 'cost of all actions', value: costs.total[1], format: money },
        note: `${costs.currency} ${costs.total[0].toFixed(2)} against`,
      },
    ],
    sections: [
      { heading: 'Where customers would stand', content: [...flowPictures(it, sides)] },
      { heading: 'Over time', content: overTime(it, sides) },
      { heading: 'What would be asked for, and what it costs', content: actionTables(it) },
      {
        heading: 'Who would get what',
        content: (['stage', 'programme', 'month', 'value'] as const).map((by) => breakdownTable(it, by)),
      },
      { heading: 'Contacts by customer', content: contactTables(it, sides) },
      { heading: 'Who differs most, and why', content: [differing(it, sides)] },
      ...(it.differences
        ? [{ heading: 'What the candidate does otherwise', content: [differencesTable(it)] }]
        : []),
      ...(it.notes.length > 0 ? [{ heading: 'Notes', text: it.notes.join('\n\n'), content: [] }] : []),
    ],
    origin: [
      ['command', command],
      ...(against.hash === undefined
        ? []
        : ([['against', `${against.definition}, ${against.hash}`]] as const)),
      ['candidate', `${candidate.definition}, ${candidate.hash}`],
    ],
  };
}

type Sides = readonly [against: string, candidate: string];

function* flowPictures({ stageFlow, moves }: WhatIf, sides: Sides): Iterable<Content> {
  const flows = stageFlow.map(({ from, to, customers: value }) => ({ from, to, value }));
  const picture = {
    ...{ sides, order: [...stages], flows },
    value: { label: 'customers', format: 'count' as const },
  };
  yield {
    ...{ kind: 'sankey' as const, title: 'Stage at the end', ...picture },
    description: `From the stage under ${sides[0]} to the stage under ${sides[1]}, in customers.`,
  };
  yield {
    ...{ kind: 'flowMatrix' as const, title: 'The same as a matrix', ...picture },
    description: `Customers by their stage under ${sides[0]} (rows) and under ${sides[1]} (columns).`,
  };
  yield {
    ...{ kind: 'table' as const, title: 'Moves' },
    columns: [{ label: 'region' }, { label: 'from' }, { label: 'to' }, ...counts(sides, 'difference')],
    rows: moves.map(({ region, from, to, count: [was, is] }) => [region, from, to, was, is, is - was]),
  };
}

const counts = (sides: Sides, ...more: readonly string[]): Column[] =>
  [...sides, ...more].map((label) => ({ label, format: 'count' }));

function overTime({ stages: cells, staying }: WhatIf, sides: Sides): Content[] {
  const months = [...new Set(cells.map(({ month }) => month))];
  const shares = (['against', 'candidate'] as const).map((side, i): Content => ({
    kind: 'shares',
    title: `Stages over time under ${sides[i] ?? ''}`,
    description: 'Share of the customers in each stage at the end of each month.',
    x: { label: 'month', format: 'time' },
    value: { label: 'customers', format: 'count' },
    at: months.map((month) => Date.parse(`${month}-01T00:00:00Z`)),
    series: stages.map((name) => ({
      name,
      values: cells.filter(({ stage }) => stage === name).map((cell) => cell[side]),
    })),
  }));
  const curve = (side: 'against' | 'candidate', name: string): LineSeries => ({
    name,
    ...(side === 'against' && { dashed: true }),
    points: staying.map((it) => ({ x: it.month, y: it[side] / it.followed })),
  });
  return [
    ...shares,
    {
      kind: 'lines',
      title: 'Retention curves',
      description:
        'Share of the customers who were not in dissolution so many months after their first event, of those who were followed for so long.',
      x: { label: 'months since the first event', format: 'count' },
      y: { label: 'not in dissolution', format: 'share' },
      series: [curve('against', sides[0]), curve('candidate', sides[1])],
    },
  ];
}

function actionTables({ actions, costs, against, candidate }: WhatIf): Table[] {
  const money = { currency: costs.currency };
  const sides = [against.definition, candidate.definition] as const;
  const priced: Column[] = sides.map((side) => ({ label: `cost, ${side}`, format: money }));
  return [
    {
      kind: 'table',
      title: 'Costs by kind',
      columns: [
        { label: 'kind' },
        ...sides.map((side) => ({ label: `each, ${side}`, format: money })),
        ...counts(sides),
        ...priced,
      ],
      rows: costs.kinds.map(({ kind, each, requested, cost }) => [kind, ...each, ...requested, ...cost]),
      ...(costs.acquisitionCost !== undefined && {
        note: `Winning a new customer costs ${costs.currency} ${costs.acquisitionCost}, as the candidate states.`,
      }),
    },
    {
      kind: 'table',
      title: 'Actions by programme and kind',
      columns: [
        { label: 'programme' },
        { label: 'kind' },
        ...counts(sides, 'gained', 'lost'),
        ...sides.map((side): Column => ({ label: `suppressed, ${side}`, format: 'count' })),
        ...priced,
      ],
      rows: actions.map(({ programme, kind, requested, gained, lost, suppressed, cost }) => [
        ...[programme, kind, ...requested, gained, lost, ...suppressed, ...cost],
      ]),
      note: gainedAndLost,
    },
  ];
}

const gainedAndLost =
  'Gained and lost: actions that a customer has on one side alone within a calendar month (UTC), by programme, kind, template and channel.';

const explanations: Readonly<Record<Breakdown['by'], string>> = {
  stage:
    'Customers: by the stage in which they end on the side compared with, and how many of them end elsewhere. Changes of stage: out of it. Actions: by where the customer stood then, on its own side.',
  programme: gainedAndLost,
  month: 'UTC. Changes of stage by their event time, actions by the clock that judged them.',
  value: 'Quarters of the customers by the sum of their order totals.',
};

function breakdownTable({ breakdowns, against, candidate, costs }: WhatIf, by: Breakdown['by']): Table {
  const sides = [against.definition, candidate.definition] as const;
  const rows = breakdowns.filter((row) => row.by === by);
  const groups = rows.some(({ customers }) => customers !== undefined);
  const changes = rows.some((row) => row.changes);
  return {
    kind: 'table',
    title: `By ${by}`,
    columns: [
      { label: by === 'value' ? `value, ${costs.currency}` : by },
      ...(groups ? counts(['customers', 'moved']) : []),
      ...(changes ? counts([`changes of stage, ${sides[0]}`, `changes of stage, ${sides[1]}`]) : []),
      ...counts([`actions, ${sides[0]}`, `actions, ${sides[1]}`], 'gained', 'lost'),
      ...sides.map((side): Column => ({ label: `cost, ${side}`, format: { currency: costs.currency } })),
    ],
    rows: rows.map((row) => [
      row.group,
      ...(groups ? [row.customers, row.moved] : []),
      ...(changes ? (row.changes ?? [undefined, undefined]) : []),
      ...[...row.requested, row.gained, row.lost, ...row.cost],
    ]),
    note: explanations[by],
  };
}

function contactTables({ contacts, contactBands }: WhatIf, sides: Sides): Content[] {
  return [
    {
      kind: 'table',
      columns: [
        { label: 'under' },
        ...counts(['contacts', 'customers'], 'without any'),
        { label: 'mean', format: 'decimal' },
        ...counts(['median', '95 of 100 at most'], 'most'),
      ],
      rows: contacts.map((it) => [
        ...[it.side, it.contacts, it.customers, it.none, it.mean, it.median, it.p95, it.most],
      ]),
      note: 'Contacts are requested actions whose audience is the customer.',
    },
    {
      kind: 'bars',
      title: 'Customers by number of contacts',
      description: 'How many customers were contacted how often, on either side.',
      value: { label: 'customers', format: 'count' },
      categories: contactBands.map((it) => it.contacts),
      series: [
        { name: sides[0], values: contactBands.map((it) => it.against) },
        { name: sides[1], values: contactBands.map((it) => it.candidate) },
      ],
    },
  ];
}

const differing = (it: WhatIf, sides: Sides): Content => ({
  kind: 'comparisons',
  title: 'Customers who differ most',
  sides: [`only under ${sides[0]}`, `only under ${sides[1]}`],
  items: it.differing.map(({ why, ...row }) => ({
    name: row.customer,
    summary: summaryOf(row),
    left: why.against.flatMap(entryLines),
    right: why.candidate.flatMap(entryLines),
  })),
  note: 'Another final stage counts 5, another health 2, each move or action that one side alone has 1. What both sides decided is left out.',
});

const differencesTable = ({ differences = [] }: WhatIf): Table => ({
  kind: 'table',
  columns: ['what', 'name', 'before', 'after'].map((label) => ({ label })),
  rows: differences.map(({ area, name, before, after }) => [area, name, before, after]),
});
