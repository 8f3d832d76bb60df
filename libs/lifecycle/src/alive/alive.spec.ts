import { ageAtProbability } from '#analysis';
import fc from 'fast-check';
import { buys, on, retailDefinition, retailSource, visits } from '../customer.given.js';
import { loadDefinition } from '../definition/load.js';
import { sentenceOf } from '../explain/literal.js';
import { createLifecycle } from '../lifecycle.js';
import { LiveCustomer } from '../live.js';
import { leavingDefinition, leavingSource, modelText } from './alive.given.js';

const leaving = createLifecycle(leavingDefinition);
const { leavingBelow, horizonDays, r, alpha, a, b } = leavingDefinition.settings.model!;

function customerAfter(days: readonly number[]): LiveCustomer {
  const customer = new LiveCustomer(leaving, 'c-1');
  for (const day of days) {
    customer.ring(on(day));
    customer.take(buys(day));
  }
  return customer;
}

const factAt = (customer: LiveCustomer, name: string, at: number) =>
  leaving.factsOf(customer.state, at)[name] as number;

describe('the moment of leaving', () => {
  const purchaseDays = fc
    .uniqueArray(fc.integer({ min: 0, max: 390 }), { minLength: 1, maxLength: 40 })
    .map((days) => [...days].sort((x, y) => x - y));

  test('is where the probability of being alive comes down to the one asked for', () => {
    fc.assert(
      fc.property(purchaseDays, (days) => {
        const customer = customerAfter(days);
        const last = on(days.at(-1)!);
        const moment = factAt(customer, 'leavingAt', last);
        expect(factAt(customer, 'aliveProbability', moment)).toBeLessThanOrEqual(leavingBelow + 1e-9);
        if (moment > last)
          expect(factAt(customer, 'aliveProbability', moment - 1_000)).toBeGreaterThan(leavingBelow);
      }),
      { numRuns: 60 },
    );
  });

  test('is a timer: it fires then, once, for one who is silent', () => {
    fc.assert(
      fc.property(purchaseDays, (days) => {
        const customer = customerAfter(days);
        const moment = factAt(customer, 'leavingAt', on(days.at(-1)!));
        const timer = customer.state.timers.find(({ name }) => name === 'leaving');
        expect(timer?.due).toBe(moment);
        customer.ring(moment);
        expect(customer.state.timers.some(({ name }) => name === 'leaving')).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  test('comes after less silence for one who used to come often', () => {
    const silence = (days: readonly number[]) =>
      factAt(customerAfter(days), 'leavingAt', on(days.at(-1)!)) - on(days.at(-1)!);
    expect(silence([0, 7, 14, 21, 28, 35])).toBeLessThan(silence([0, 70, 140]));
  });

  test('is of a one-time buyer where the closed form puts it', () => {
    const weeks = ageAtProbability(
      { model: 'mbg-nbd', r, alpha, a, b },
      { frequency: 0, recency: 0 },
      leavingBelow,
    );
    expect(factAt(customerAfter([0]), 'leavingAt', on(0))).toBe(on(0) + Math.ceil(weeks * 7 * 86_400_000));
  });
});

test('a rule moves the customer at that moment, with the probability as evidence', () => {
  const customer = customerAfter([0]);
  const moment = factAt(customer, 'leavingAt', on(0));
  const [move] = customer.ring(moment).flatMap(({ transitions }) => transitions);
  expect(move).toMatchObject({ to: 'atRisk', at: moment, evidence: { rule: 'leaving' } });
  expect(move?.evidence.facts['aliveProbability']).toBeCloseTo(leavingBelow, 6);
});

describe('what a model tells of a customer', () => {
  const weekly = customerAfter([0, 7, 14, 21, 28, 35, 42]);
  const gone = customerAfter([0]);
  const at = on(200);

  test('is more for one who comes often and lately than for one who came once', () => {
    for (const fact of ['expectedPurchases', 'expectedValue'])
      expect(factAt(weekly, fact, on(43))).toBeGreaterThan(factAt(gone, fact, on(43)));
  });

  test('falls in silence', () => {
    for (const fact of ['aliveProbability', 'expectedPurchases', 'expectedValue'])
      expect(factAt(weekly, fact, at)).toBeLessThan(factAt(weekly, fact, on(43)));
  });

  test('is a value of as many purchases as are expected', () => {
    const each = factAt(weekly, 'expectedValue', at) / factAt(weekly, 'expectedPurchases', at);
    expect(each).toBeGreaterThan(15);
    expect(each).toBeLessThan(30);
  });

  test('is unknown before the first purchase, and without a model', () => {
    const visitor = new LiveCustomer(leaving, 'c-1');
    visitor.take(visits(0));
    expect(leaving.factsOf(visitor.state)).not.toHaveProperty('aliveProbability');
    const retail = createLifecycle(retailDefinition);
    const buyer = retail.advance(retail.begin('c-1'), buys(0), on(0)).customer;
    for (const fact of ['aliveProbability', 'expectedPurchases', 'expectedValue', 'leavingAt'])
      expect(retail.factsOf(buyer)).not.toHaveProperty(fact);
  });

  test('is said in words', () => {
    const guard = { type: 'atMost', params: { fact: 'aliveProbability', value: 0.4 } };
    expect(sentenceOf({ guard, negated: false }, 8)).toMatchObject({ rest: 'at most 0.4 (0 to 1)' });
  });

  test('costs nothing where no rule reads it', () => {
    const settings = {
      ...retailDefinition.settings,
      get model(): never {
        throw new Error('was read');
      },
    };
    const lifecycle = createLifecycle({ ...retailDefinition, settings });
    let customer = lifecycle.begin('c-1');
    for (const day of [0, 10, 50, 400]) customer = lifecycle.advance(customer, buys(day), on(day)).customer;
    expect(() => lifecycle.factsOf(customer)).toThrow('was read');
  });
});

describe('a definition is refused', () => {
  const problemsOf = (source: string) => {
    try {
      loadDefinition(source);
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };

  test('where a rule reads what no model tells', () => {
    const message = problemsOf(leavingSource.replace(modelText, ''));
    expect(message).toContain("timers.leaving.since: the fact 'leavingAt' needs the section `model`");
    expect(message).toContain("the fact 'aliveProbability' needs the section `model`");
  });

  test('where a value is asked for and no spending is known', () => {
    const source = leavingSource
      .replace(/ {2}spend:.*\n/, '')
      .replace('fact: aliveProbability', 'fact: expectedValue');
    expect(problemsOf(source)).toContain("the fact 'expectedValue' needs the section `model.spend`");
  });

  test.each([
    ['r: 0.525', 'r: 0', 'model.r'],
    ['name: mbg-nbd', 'name: bg-nbd', 'model.name'],
    ['q: 3.74', 'q: 1', 'model.spend.q'],
    ['unit: weeks', 'unit: months', 'model.unit'],
    ['horizonDays: 273', 'horizon: 273', 'model.horizon'],
  ])('for %s as %s', (good, bad, path) => {
    expect(problemsOf(leavingSource.replace(good, bad))).toContain(path);
  });

  test('for a model that is none', () => {
    expect(problemsOf(`${retailSource}\nmodel: mbg-nbd\n`)).toContain('model: is no model');
  });
});

test('a horizon ahead is in days whatever the unit', () => {
  const inDays = leavingSource
    .replace('unit: weeks', 'unit: days')
    .replace('alpha: 6.183', `alpha: ${6.183 * 7}`);
  const daily = createLifecycle(loadDefinition(inDays));
  const customer = customerAfter([0, 30, 40]);
  const facts = daily.factsOf(customer.state, on(100));
  for (const fact of ['aliveProbability', 'expectedPurchases', 'expectedValue'])
    expect(facts[fact]).toBeCloseTo(factAt(customer, fact, on(100)), 9);
  expect(horizonDays).toBe(273);
});
