import {
  buys,
  buysEvery,
  day,
  event,
  lives,
  on,
  retail,
  retailSource,
  sendsBack,
  visits,
} from './customer.given.js';
import { createLifecycle, DefinitionError, loadDefinition } from './index.js';
import type { Customer } from './state.js';
import type { Advance, CustomerState } from './types.js';

/** retail@2: the bundled definition with these replacements. */
const changed = (...replacements: readonly (readonly [string | RegExp, string])[]) =>
  createLifecycle(
    loadDefinition(
      replacements.reduce(
        (text, [from, to]) => text.replace(from, to),
        retailSource.replace('version: 1', 'version: 2'),
      ),
    ),
  );
const withoutProgrammes = [/^programmes:\n(?: .*\n)*/m, 'programmes: {}\n'] as const;
const activated = (days: number, id = 'definition/retail@2') =>
  event('definition.activated.v1', days, { definition: 'retail@2', hash: 'h' }, id);

const shopper = lives(buysEvery(8, 0, 80)).customer;
const goOver = (lifecycle = changed(), from = shopper, happening = activated(81)): Advance =>
  lifecycle.advance(from, happening, happening.at);
const customerOf = ({ customer }: Advance) => customer as Customer;

describe('a customer goes over to another definition', () => {
  it('when it is activated, with the same stage and facts where nothing else is said', () => {
    const { migration, transitions, customer } = goOver();
    expect(migration).toMatchObject({
      at: on(81),
      from: 'retail@1',
      to: 'retail@2',
      stageFrom: shopper.stage,
      stageTo: shopper.stage,
      healthFrom: 'well',
      healthTo: 'well',
      evidence: { rule: 'migration.sameStage', causes: ['/shop#definition/retail@2'] },
    });
    expect(transitions).toEqual([]);
    expect(customer.definition).toBe('retail@2');
    expect((customer as Customer).facts).toEqual(shopper.facts);
    expect(customer.timers).toEqual(shopper.timers);
  });

  it('once: the activation that comes again, or after another event, moves nobody a second time', () => {
    const lifecycle = changed();
    const first = goOver(lifecycle);
    const again = lifecycle.advance(first.customer, activated(81), on(82));
    expect([again.customer, again.migration]).toEqual([first.customer, undefined]);
    const bought = lifecycle.advance(shopper, buys(81), on(81));
    expect(bought.migration).toMatchObject({
      to: 'retail@2',
      evidence: { causes: [expect.stringContaining('order.completed.v1@81')] },
    });
    const heard = lifecycle.advance(bought.customer, activated(82), on(82));
    expect([heard.migration, heard.transitions, customerOf(heard).facts]).toEqual([
      undefined,
      [],
      customerOf(bought).facts,
    ]);
    expect(lifecycle.advance(heard.customer, activated(82), on(83)).customer).toBe(heard.customer);
  });

  it('and the programmes that are on from now on begin, whoever came first', () => {
    const bare = createLifecycle(loadDefinition(retailSource.replace(...withoutProgrammes)));
    const quiet = customerOf(bare.advance(bare.begin('c-1'), buys(0), on(0)));
    const keepsDates = ({ timers }: CustomerState) => timers.some(({ name }) => name.startsWith('dates.'));
    expect(keepsDates(quiet)).toBe(false);
    expect(keepsDates(goOver(changed(), quiet).customer)).toBe(true);
    const visited = changed().advance(quiet, visits(81), on(81)).customer;
    expect(keepsDates(changed().advance(visited, activated(82), on(82)).customer)).toBe(true);
  });

  it('not by an event seen before, nor when erased', () => {
    const lifecycle = changed();
    const again = lifecycle.advance(shopper, buys(80), on(81));
    expect([again.duplicate, again.customer, again.migration]).toEqual([true, shopper, undefined]);
    const erased = lifecycle.advance(shopper, event('customer.erased.v1', 81, {}), on(81));
    expect(erased.migration).toBeUndefined();
    expect(lifecycle.advance(erased.customer, activated(82), on(82)).migration).toBeUndefined();
  });

  it('as a function of customer and event alone', () => {
    const lifecycle = changed();
    expect(lifecycle.advance(shopper, activated(81), on(81))).toEqual(
      lifecycle.advance(structuredClone(shopper), activated(81), on(99)),
    );
  });

  it('to the stage that the new definition states, with a health that fits', () => {
    const stated = (to: string) =>
      goOver(
        changed([/$/, `\nmigration: { stages: { ${shopper.stage}: ${to}, commitment: exploration } }\n`]),
      );
    const back = stated('exploration');
    expect(back.migration).toMatchObject({ stageTo: 'exploration', evidence: { rule: 'migration.stated' } });
    expect(back.transitions).toEqual([]);
    expect(customerOf(back)).toMatchObject({ stage: 'exploration', health: 'well', stageSince: on(81) });
    const out = stated('dissolution');
    expect(out.customer).toMatchObject({ stage: 'dissolution', health: 'none' });
    const home = goOver(
      changed([/$/, '\nmigration: { stages: { dissolution: awareness } }\n']),
      lives([], { ...shopper, stage: 'dissolution', health: 'none' }).customer,
    );
    expect(home.customer).toMatchObject({ stage: 'awareness', health: 'well' });
  });
});

describe('timers', () => {
  const overdue = ({ timers }: { readonly timers: Customer['timers'] }) =>
    timers.find(({ name }) => name === 'overdue')?.due;

  it('of a silent customer stand where the new definition puts them, not before the activation', () => {
    const later = goOver(changed(['overdueFloor: 21', 'overdueFloor: 100']));
    expect(overdue(later.customer)).toBe(on(80) + 100 * day);
    const sooner = goOver(
      changed(['overdueFloor: 21', 'overdueFloor: 0'], ['cycle: 8', 'cycle: 1']),
      shopper,
      activated(95),
    );
    expect(overdue(sooner.customer)).toBeGreaterThanOrEqual(on(95));
  });

  it('of a customer who comes back are put by what they did, so that nobody is overdue who is there', () => {
    const lifecycle = changed(['overdueFloor: 21', 'overdueFloor: 0'], ['cycle: 8', 'cycle: 1']);
    const back = lifecycle.advance(shopper, buys(97), on(97));
    expect(back.transitions.filter(({ region }) => region === 'health')).toEqual([]);
    expect(overdue(back.customer)).toBeGreaterThan(on(97));
  });

  it('that the new definition does not know are gone, and one that is due fires under it', () => {
    const lifecycle = changed([/^ {2}review: .*\n/m, ''], [/- ?\{ target[^\n]*timer\.review[^\n]*\n/g, '']);
    expect(goOver(lifecycle).customer.timers.map(({ name }) => name)).not.toContain('review');
    const due = overdue(shopper)!;
    const timer = event('timer.due.v1', 0, { name: 'overdue', due: new Date(due).toISOString() });
    const fired = changed().advance(shopper, { ...timer, at: due }, due);
    expect(fired.migration).toMatchObject({ at: due });
    expect(fired.transitions.map(({ to }) => to)).toEqual(['atRisk']);
  });
});

describe('kept days', () => {
  it('are counted by the calendar and the windows of the new definition', () => {
    // An hour apart around midnight in New York, on one early morning in London.
    const late = lives([buys(11.5 / 24), buys(12.5 / 24)]).customer;
    const days = (customer: CustomerState) => (customer as Customer).facts.purchases?.days.length;
    const moved = goOver(changed(['zone: America/New_York', 'zone: Europe/London']), late, activated(3));
    expect([days(late), days(moved.customer)]).toEqual([2, 1]);
    const window = goOver(
      changed(
        ['purchases: 400', 'purchases: 30'],
        ['atMost: 400 }', 'atMost: 30 }'],
        ['returns: 90', 'returns: 10'],
      ),
    );
    expect(days(window.customer)).toBeLessThan(days(shopper)!);
  });

  it('keep an order that was taken back within the new window only', () => {
    const sentBack = lives([buys(0), buys(1), sendsBack(40, 'o-0')]).customer;
    expect(retail.factsOf(sentBack)['keptOrders']).toBe(1);
    const lifecycle = changed(['returns: 90', 'returns: 10']);
    expect(lifecycle.factsOf(goOver(lifecycle, sentBack).customer)['keptOrders']).toBe(2);
  });
});

describe('a programme that the new definition does not name', () => {
  const waiting = (): Customer => {
    const story = lives([event('profile.updated.v1', -1, { timeZone: 'UTC' }), buys(0.5)]);
    return story.customer;
  };

  it('leaves no memory, no timers, and nothing pending', () => {
    const before = waiting();
    expect(before.memory).toHaveProperty('follow-up');
    expect(before.timers.map(({ name }) => name)).toContain('follow-up.satisfaction');
    const { customer } = goOver(changed(withoutProgrammes), before, activated(0.6));
    expect((customer as Customer).memory).toEqual({});
    expect(customer.timers.filter(({ name }) => name.startsWith('follow-up'))).toEqual([]);
  });

  it('has what was pending suppressed as overtaken; the others’ stays', () => {
    const before = waiting();
    const [pending] = before.contacts.pending;
    expect(pending?.programme).toBe('follow-up');
    const off = goOver(changed(withoutProgrammes), before, activated(0.6));
    expect(off.suppressed).toMatchObject([{ action: { actionId: pending?.actionId }, reason: 'overtaken' }]);
    expect(customerOf(off).contacts.pending).toEqual([]);
    const still = goOver(changed(), before, activated(0.6));
    expect([still.suppressed, customerOf(still).contacts.pending]).toEqual([[], before.contacts.pending]);
  });
});

it('a migration with unknown stages or keys is refused with what is allowed', () => {
  const bad = () =>
    loadDefinition(
      `${retailSource}\nmigration: { stages: { expanding: awareness, awareness: aware }, health: {} }\n`,
    );
  expect(bad).toThrow(DefinitionError);
  expect(bad).toThrow(/migration\.stages\.expanding: unknown stage 'expanding'; allowed: exploration/);
  expect(bad).toThrow(/migration\.stages\.awareness: unknown stage 'aware'; allowed: exploration/);
  expect(bad).toThrow(/migration\.health: unknown key; allowed: stages/);
  expect(() => loadDefinition(`${retailSource}\nmigration: soon\n`)).toThrow(
    /migration: 'soon' is no migration/,
  );
});

it('a visitor whom nobody knew before begins under the definition in force', () => {
  const lifecycle = changed();
  expect(lifecycle.advance(lifecycle.begin('c-1'), visits(0), on(0)).migration).toBeUndefined();
});
