import type { Costs, Definition } from '#lifecycle';
import { diffDefinitions, type Difference } from '#lifecycle';
import { labelOf } from '../../inspect/definition-book.js';
import type { StoryEntry } from '../../inspect/why/story.js';
import { storyOf } from '../../inspect/why/story.js';
import { actionsOf, cents, kindsOf, rounded, type ActionCount, type CostOfKind } from './actions.js';
import { breakdowns, type Breakdown } from './breakdown.js';
import { Cells, totalOf } from './cells.js';
import { contactBands, contactsOf, type ContactBand, type Contacts } from './contacts.js';
import { stagesOverTime, stayingOverTime, type StageCount, type StayingAt } from './over-time.js';
import type { CustomerRow, Differing, Part } from './part.js';
import { addPair, against, candidate, pair, type Pair } from './sides.js';

export const notice =
  'Behaviour is held as recorded: customers buy, complain and answer here exactly as they did. ' +
  'This shows contacts and costs, not effects.';

export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly customers: number;
  /** Sum of their order totals. */
  readonly value: number;
}

export interface MoveCount {
  readonly region: string;
  readonly from: string;
  readonly to: string;
  readonly count: Pair;
}

export interface DifferingCustomer extends CustomerRow {
  /** What one side alone decided, each with its reason. */
  readonly why: { readonly against: readonly StoryEntry[]; readonly candidate: readonly StoryEntry[] };
}

/** What `perennial replay --definition … --output json` prints. Pairs are [compared with, candidate]; times RFC 3339. */
export interface WhatIf {
  readonly notice: string;
  readonly against: { readonly definition: string; readonly hash?: string };
  readonly candidate: { readonly definition: string; readonly hash: string };
  /** What the candidate does otherwise, in words; absent against what was recorded. */
  readonly differences?: readonly Difference[];
  readonly from: string;
  readonly to: string;
  readonly events: number;
  readonly customers: number;
  /** Customers who end otherwise, and those who get an action more or not any more. */
  readonly moved: {
    readonly stage: number;
    readonly health: number;
    readonly gained: number;
    readonly lost: number;
  };
  readonly stageFlow: readonly Flow[];
  readonly healthFlow: readonly Flow[];
  readonly moves: readonly MoveCount[];
  readonly actions: readonly ActionCount[];
  readonly costs: {
    readonly currency: string;
    readonly stated: boolean;
    readonly kinds: readonly CostOfKind[];
    readonly total: Pair;
    readonly acquisitionCost?: number;
  };
  readonly breakdowns: readonly Breakdown[];
  readonly contacts: readonly Contacts[];
  readonly contactBands: readonly ContactBand[];
  readonly stages: readonly StageCount[];
  readonly staying: readonly StayingAt[];
  readonly differing: readonly DifferingCustomer[];
  /** What a reader should know besides. */
  readonly notes: readonly string[];
}

export interface Compared {
  /** Absent: what was recorded. */
  readonly against: Definition | undefined;
  readonly candidate: Definition;
  readonly costs: readonly [against: Costs | undefined, candidate: Costs | undefined];
  readonly currency: string;
  readonly notes: readonly string[];
}

export async function resultOf(part: Part, compared: Compared): Promise<WhatIf> {
  const { against: other, candidate: definition, costs, currency } = compared;
  const { customers } = part;
  const count = (holds: (row: CustomerRow) => boolean) => customers.filter(holds).length;
  const kinds = kindsOf(part, costs);
  const sides = [other ? labelOf(other) : 'recorded', labelOf(definition)] as const;
  return {
    notice,
    against: other ? { definition: sides[0], hash: other.hash } : { definition: 'recorded' },
    candidate: { definition: sides[1], hash: definition.hash },
    ...(other && { differences: diffDefinitions(other, definition) }),
    from: iso(part.from),
    to: iso(part.to),
    events: part.events,
    customers: customers.length,
    moved: {
      stage: count((row) => row.stageAgainst !== row.stageCandidate),
      health: count((row) => row.healthAgainst !== row.healthCandidate),
      gained: count((row) => row.gained > 0),
      lost: count((row) => row.lost > 0),
    },
    stageFlow: flows(customers, 'stageAgainst', 'stageCandidate'),
    healthFlow: flows(customers, 'healthAgainst', 'healthCandidate'),
    moves: movesOf(part),
    actions: actionsOf(part, costs),
    costs: {
      currency,
      stated: costs.some((it) => it !== undefined),
      kinds,
      total: rounded(totalOf(kinds.map(({ cost }) => cost))),
      ...(definition.acquisitionCost !== undefined && { acquisitionCost: definition.acquisitionCost }),
    },
    breakdowns: breakdowns(part, costs).map((it) => ({ ...it, cost: rounded(it.cost) })),
    contacts: [
      contactsOf(
        sides[0],
        customers.map((row) => row.contactsAgainst),
      ),
      contactsOf(
        sides[1],
        customers.map((row) => row.contactsCandidate),
      ),
    ],
    contactBands: contactBands(customers),
    stages: stagesOverTime(part.stages),
    staying: stayingOverTime(part.staying),
    differing: await Promise.all(part.differing.map((it) => explained(it, compared))),
    notes: notesOf(part, compared),
  };
}

const iso = (ms: number) => (Number.isFinite(ms) ? new Date(ms).toISOString() : '');

function flows(
  customers: readonly CustomerRow[],
  from: 'stageAgainst' | 'healthAgainst',
  to: 'stageCandidate' | 'healthCandidate',
): Flow[] {
  const cells = new Cells(([was = '', is = '']) => ({ from: was, to: is, customers: 0, value: 0 }));
  for (const row of customers) {
    const cell = cells.at(row[from], row[to]);
    cell.customers += 1;
    cell.value += row.value;
  }
  return cells.all().map((cell) => ({ ...cell, value: cents(cell.value) }));
}

function movesOf({ moves }: Part): MoveCount[] {
  const cells = new Cells<MoveCount>(([region = '', from = '', to = '']) => ({
    ...{ region, from, to, count: pair() },
  }));
  for (const { region, from, to, count } of moves) {
    const cell = cells.at(region, from, to);
    addPair(cell.count, count);
  }
  return cells
    .all()
    .sort((a, b) => b.region.localeCompare(a.region) || b.count[0] - a.count[0] || (a.to < b.to ? -1 : 1));
}

async function explained({ row, only }: Differing, compared: Compared): Promise<DifferingCustomer> {
  const told = (side: 0 | 1, definition: Definition | undefined) =>
    storyOf(only[side], [], async () => definition);
  return {
    ...row,
    why: {
      against: await told(against, compared.against),
      candidate: await told(candidate, compared.candidate),
    },
  };
}

function notesOf({ broken, foreignOrders }: Part, { costs, currency, notes }: Compared): string[] {
  const [one, two] = broken.counts;
  return [
    ...notes,
    ...(costs.every((it) => it === undefined)
      ? ['Neither definition states `costs`, so all costs are 0: add the section to the definition.']
      : []),
    ...(foreignOrders > 0
      ? [`${foreignOrders} orders in another currency than ${currency} are not part of the value.`]
      : []),
    ...(one + two > 0
      ? [
          `The rules threw at ${one} events on the one side and ${two} on the other, which were passed over; the first: ${broken.example ?? ''}`,
        ]
      : []),
  ];
}
