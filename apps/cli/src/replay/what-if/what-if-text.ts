import { stages } from '#contracts';
import { printable, table } from '../../output.js';
import type { StoryEntry } from '../../inspect/why/story.js';
import type { Breakdown } from './breakdown.js';
import type { Flow, WhatIf } from './result.js';

/** A what-if as people read it: what it does not show first, then one short table after the other. */
export function whatIfText(it: WhatIf): string {
  const { against, candidate, costs } = it;
  const money = (amount: number) => `${amount.toFixed(2)} ${costs.currency}`;
  const day = (time: string) => time.slice(0, 10);
  const parts = [
    `${it.notice}\n`,
    `${candidate.definition} against ${against.definition}: ${count(it.events)} events of ${count(it.customers)} customers, ` +
      `${day(it.from)} to ${day(it.to)}\n${count(it.moved.stage)} customers would end in another stage, ${count(it.moved.health)} in another health; ` +
      `${count(it.moved.gained)} would get an action more, ${count(it.moved.lost)} one less.\n` +
      `Actions would cost ${money(costs.total[1])} instead of ${money(costs.total[0])}.\n`,
    ...(it.differences
      ? [
          `What the candidate does otherwise:\n${it.differences.map((d) => `  ${d.area} ${d.name}: ${[d.before, d.after].filter(Boolean).join(' → ')}\n`).join('') || '  nothing\n'}`,
        ]
      : []),
    `Customers by final stage: rows ${against.definition}, columns ${candidate.definition}\n${matrix(it.stageFlow)}`,
    `Moves\n${table(
      it.moves.map(({ region, from, to, count: [was, is] }) => ({
        ...{ region, change: `${from} → ${to}`, against: was, candidate: is, difference: is - was },
      })),
      ['region', 'change', 'against', 'candidate', 'difference'],
    )}`,
    `Actions and their costs, ${costs.currency}\n${table(
      it.actions.map(({ requested, suppressed, cost, ...row }) => ({
        ...row,
        ...{ against: requested[0], candidate: requested[1] },
        suppressed: `${suppressed[0]} → ${suppressed[1]}`,
        ...{ 'cost against': cost[0], 'cost candidate': cost[1] },
      })),
      [
        ...['programme', 'kind', 'against', 'candidate', 'gained', 'lost', 'suppressed'],
        ...['cost against', 'cost candidate'],
      ],
    )}`,
    `Costs by kind, ${costs.currency}\n${table(
      costs.kinds.map(({ kind, each, requested, cost }) => ({
        ...{ kind, each: each[0] === each[1] ? String(each[0]) : each.join(' → ') },
        ...{ against: requested[0], candidate: requested[1] },
        ...{ 'cost against': cost[0], 'cost candidate': cost[1] },
      })),
      ['kind', 'each', 'against', 'candidate', 'cost against', 'cost candidate'],
    )}`,
    ...(['stage', 'programme', 'month', 'value'] as const).map((by) =>
      breakdownTable(
        by,
        it.breakdowns.filter((row) => row.by === by),
      ),
    ),
    `Contacts by customer\n${table(it.contacts, ['side', 'contacts', 'customers', 'none', 'mean', 'median', 'p95', 'most'])}`,
    ...(it.differing.length > 0
      ? [`Customers who differ most\n\n${it.differing.map(customerText).join('\n')}`]
      : []),
    ...(it.notes.length > 0 ? [it.notes.map((note) => `Note: ${printable(note)}\n`).join('')] : []),
  ];
  return parts.join('\n');
}

const count = (n: number) => n.toLocaleString('en');

function matrix(flows: readonly Flow[]): string {
  const rows = stages.map((from) => ({
    ' ': from,
    ...Object.fromEntries(
      stages.map((to) => [to, flows.find((flow) => flow.from === from && flow.to === to)?.customers ?? 0]),
    ),
  }));
  return table(rows, [' ', ...stages]);
}

function breakdownTable(by: string, rows: readonly Breakdown[]): string {
  const columns = [
    by,
    ...(rows.some((row) => row.customers !== undefined) ? ['customers', 'moved'] : []),
    ...(rows.some((row) => row.changes) ? ['changes'] : []),
    ...['against', 'candidate', 'gained', 'lost', 'cost'],
  ];
  return `By ${by}\n${table(
    rows.map(({ group, changes, requested, cost, customers, moved, gained, lost }) => ({
      ...{ [by]: group, customers, moved, gained, lost },
      ...(changes && { changes: changes.join(' → ') }),
      ...{
        against: requested[0],
        candidate: requested[1],
        cost: cost.map((it) => it.toFixed(2)).join(' → '),
      },
    })),
    columns,
  )}`;
}

function customerText({ why, ...row }: WhatIf['differing'][number]): string {
  const side = (name: string, entries: readonly StoryEntry[]) =>
    entries.length === 0
      ? []
      : [`  only ${name}:`, ...entries.flatMap(entryLines).map((line) => `    ${line}`)];
  return [
    `${printable(row.customer)}: ${summaryOf(row)}`,
    ...side('against', why.against),
    ...side('candidate', why.candidate),
    '',
  ].join('\n');
}

/** One customer's difference in a line. */
export const summaryOf = (row: Omit<WhatIf['differing'][number], 'why'>): string =>
  [
    `value ${row.value}`,
    row.stageAgainst === row.stageCandidate
      ? `${row.stageAgainst} on both sides`
      : `${row.stageAgainst} → ${row.stageCandidate}`,
    ...(row.healthAgainst === row.healthCandidate ? [] : [`${row.healthAgainst} → ${row.healthCandidate}`]),
    `${row.gained} actions more, ${row.lost} less`,
  ].join(', ');

/** One decision with its rule and the facts that the rule read. */
export function entryLines({ at, what, rule, description, factsInWords, because }: StoryEntry): string[] {
  const facts = factsInWords.length === 0 ? '' : `; ${factsInWords.join(', ')}`;
  return [
    printable(`${at.slice(0, 10)} ${what}`),
    printable(`  by ${rule}${description === undefined ? '' : `: ${description}`}${facts}`),
    ...(because === undefined ? [] : [printable(`  ${because}`)]),
  ];
}
