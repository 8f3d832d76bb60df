import fc from 'fast-check';
import { identity, type KnownInputEvent } from '#contracts';
import {
  bringing,
  buysEvery,
  lives,
  on,
  retail,
  retailDefinition,
  rulesOf,
  visits,
} from './customer.given.js';
import { decide, decideTimer } from './decide.js';
import type { Draft } from './draft.js';
import { histories, shuffled } from './history.given.js';
import { compileRules } from './rules.js';
import type { Customer } from './state.js';
import type { CustomerState } from './types.js';

const rules = compileRules(retailDefinition);
const day = 86_400_000;
const long = histories({ days: 1200, most: 80 });

/** Spells of buying at some rhythm, with silence between them, amid other events. */
const shoppers = fc
  .tuple(
    fc.array(
      fc.record({
        gap: fc.integer({ min: 2, max: 40 }),
        times: fc.integer({ min: 1, max: 40 }),
        silence: fc.integer({ min: 0, max: 300 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    histories({ days: 900, most: 10 }),
  )
  .map(([spells, others]) => {
    let start = 0;
    const orders = spells.flatMap(({ gap, times, silence }) => {
      const spell = buysEvery(gap, start, start + gap * (times - 1));
      start += gap * times + silence;
      return spell;
    });
    return [...orders, ...others].sort((a, b) => a.at - b.at);
  });

/** A sequence in which some events come late. */
const sequences = fc.oneof(long, shoppers).chain((history) => shuffled(history, 60));

/** Cuts a sequence into batches and gives each a clock. */
const batches = fc.tuple(
  sequences,
  fc.array(fc.nat({ max: 120 }), { maxLength: 12 }),
  fc.array(fc.nat({ max: 100 }), { minLength: 14, maxLength: 14 }),
);
const cut = (sequence: readonly KnownInputEvent[], cuts: readonly number[]) => {
  const places = [
    0,
    ...[...new Set(cuts)].sort((a, b) => a - b).filter((it) => it < sequence.length),
    sequence.length,
  ];
  return places.slice(1).map((to, i) => sequence.slice(places[i], to));
};

interface Outcome {
  readonly transitions: unknown[];
  readonly proposals: unknown[];
}

/** Runs a sequence as the pipeline does: between batches a customer is stored and loaded. */
function run(parts: readonly (readonly KnownInputEvent[])[], clocks: readonly number[]) {
  let customer: CustomerState = retail.begin('c-1');
  const outcome = { transitions: [] as unknown[], proposals: [] as unknown[], all: [] as unknown[] };
  parts.forEach((part, i) => {
    const latest = Math.max(...part.map(({ at }) => at), 0);
    const now = latest + (clocks[i] ?? 0) * 3_600_000;
    customer = JSON.parse(JSON.stringify(customer)) as CustomerState;
    for (const event of part) {
      outcome.proposals.push(...(decide(rules, customer as Customer, event)?.draft.proposals ?? []));
      const done = retail.advance(customer, event, now);
      customer = done.customer;
      outcome.transitions.push(...done.transitions);
      outcome.all.push(done);
    }
  });
  return outcome;
}

/** As a silent partition: the scheduler brings timers, in time or not at all. */
function decideAll(sequence: readonly KnownInputEvent[], brings: (i: number) => boolean): Outcome {
  let customer = retail.begin('c-1') as Customer;
  const outcome: Outcome = { transitions: [], proposals: [] };
  const take = (draft: Draft | undefined) => {
    if (!draft) return;
    customer = draft.customer;
    outcome.transitions.push(...draft.transitions);
    outcome.proposals.push(...draft.proposals);
  };
  sequence.forEach((event, i) => {
    for (let next = customer.timers[0]; brings(i) && next && next.due <= event.at; next = customer.timers[0])
      take(decideTimer(rules, customer, next.name, next.due));
    take(decide(rules, customer, event)?.draft);
  });
  return outcome;
}

describe('for one folded sequence', () => {
  test('every cut into batches and every clock gives the same transitions and proposals', () => {
    fc.assert(
      fc.property(batches, ([sequence, cuts, clocks]) => {
        const whole = run([sequence], [0]);
        const inParts = run(cut(sequence, cuts), clocks);
        expect(inParts.transitions).toEqual(whole.transitions);
        expect(inParts.proposals).toEqual(whole.proposals);
      }),
      { numRuns: 150 },
    );
  });

  test('with the recorded cuts and clocks the outputs are equal byte for byte', () => {
    fc.assert(
      fc.property(batches, ([sequence, cuts, clocks]) => {
        const parts = cut(sequence, cuts);
        expect(JSON.stringify(run(parts, clocks).all)).toBe(JSON.stringify(run(parts, clocks).all));
      }),
      { numRuns: 60 },
    );
  });

  test('who brings a timer changes neither transitions nor proposals', () => {
    fc.assert(
      fc.property(sequences, fc.infiniteStream(fc.boolean()), (sequence, stream) => {
        const brings = [...stream.take(sequence.length)];
        const alone = decideAll(sequence, () => false);
        expect(decideAll(sequence, (i) => brings[i]!)).toEqual(alone);
        expect(decideAll(sequence, () => true)).toEqual(alone);
      }),
      { numRuns: 150 },
    );
  });
});

test('an event told twice within the window changes nothing the second time', () => {
  fc.assert(
    fc.property(sequences, (sequence) => {
      let customer = retail.begin('c-1');
      for (const event of sequence) {
        customer = retail.advance(customer, event, event.at).customer;
        const again = retail.advance(customer, event, event.at + day);
        expect(again.duplicate).toBe(true);
        expect(again.customer).toBe(customer);
      }
    }),
    { numRuns: 60 },
  );
});

test('nothing given to the rules is changed by them', () => {
  fc.assert(
    fc.property(sequences, (sequence) => {
      let customer = frozen(retail.begin('c-1'));
      for (const event of sequence)
        customer = frozen(retail.advance(customer, frozen(event), event.at).customer);
    }),
    { numRuns: 60 },
  );
});

test('a stage just entered is not left again by an event that tells nothing', () => {
  fc.assert(
    fc.property(sequences, (sequence) => {
      let customer = retail.begin('c-1');
      for (const event of sequence) {
        const before = customer.stage;
        customer = retail.advance(customer, event, event.at).customer;
        if (customer.stage === before) continue;
        const visit = { ...visits(0), id: 'probe', at: (customer as Customer).clock };
        // A timer that falls due at this very moment is another cause.
        const { transitions } = retail.advance(customer, visit, visit.at);
        const byIt = transitions.filter(({ evidence }) => evidence.causes.includes(identity(visit)));
        expect(byIt.filter(({ region }) => region === 'stage')).toEqual([]);
      }
    }),
    { numRuns: 200 },
  );
});

test('health is none in dissolution, and nowhere else', () => {
  fc.assert(
    fc.property(sequences, (sequence) => {
      let customer = retail.begin('c-1');
      for (const event of sequence) {
        customer = retail.advance(customer, event, event.at).customer;
        expect(customer.health === 'none').toBe(customer.stage === 'dissolution');
      }
    }),
    { numRuns: 150 },
  );
});

test('whom the supplier ended, only the supplier takes back', () => {
  const takesBack = ['relationship.reopened.v1', 'account.flagged.v1'];
  fc.assert(
    fc.property(long, (history) => {
      const ended = { ...visits(0), type: 'relationship.ended.v1', data: {}, id: 'end' } as KnownInputEvent;
      const others = history.filter(({ type }) => !takesBack.includes(type));
      expect(lives([ended, ...others]).customer.stage).toBe('dissolution');
    }),
    { numRuns: 100 },
  );
});

test('every stage is reached and left again', () => {
  const reached = new Set(['exploration']);
  const left = new Set<string>();
  fc.assert(
    fc.property(shoppers, (history) => {
      for (const { region, from, to } of lives([...history, { until: on(3000) }]).transitions) {
        if (region !== 'stage') continue;
        reached.add(to);
        left.add(from);
      }
    }),
    { numRuns: 200, seed: 7 },
  );
  const stages = ['exploration', 'awareness', 'expansion', 'commitment', 'dissolution'];
  expect([...reached].sort()).toEqual([...stages].sort());
  expect([...left].sort()).toEqual([...stages].sort());
});

test('a customer of many years stays small', () => {
  let customer = retail.begin('c-1');
  for (let i = 0; i < 4_000; i++) {
    const event = { ...visits(0), id: `e-${i}`, at: on(Math.floor(i / 2)) };
    customer = retail.advance(customer, event, event.at).customer;
    const order = {
      ...event,
      id: `o-${i}`,
      type: 'order.completed.v1',
      data: { orderId: `o-${i}`, total: 10, currency: 'USD', products: [] },
    } as const;
    customer = retail.advance(customer, order, order.at).customer;
  }
  expect(JSON.stringify(customer).length).toBeLessThan(40_000);
  expect(retail.factsOf(customer)).toMatchObject({ orders: 4_000, purchases: 2_000, frequency: 1_999 });
});

test('a timer that is no longer set for that time is nobody’s business', () => {
  const { customer } = lives([{ ...visits(0), id: 'v' }]);
  const done = retail.advance(customer, bringing({ name: 'overdue', due: on(50) }), on(50));
  expect(done.customer).toBe(customer);
  expect(rulesOf(done.transitions)).toEqual([]);
});

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}
