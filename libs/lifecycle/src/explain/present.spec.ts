import fc from 'fast-check';
import {
  buys,
  buysEvery,
  event,
  lives,
  on,
  recommends,
  retail,
  retailSource,
  silence,
} from '../customer.given.js';
import { createLifecycle, loadDefinition } from '../index.js';
import { presentOf } from './present.js';

describe('why somebody stands where they stand', () => {
  const story = [...buysEvery(8, 0, 80), recommends(81, 2), silence(400), buys(401), buys(405)];

  test('is the last transition of each region, as it was decided', () => {
    const { customer, transitions } = lives(story);
    const last = (region: string) => ({
      ...transitions.findLast((it) => it.region === region),
      definition: 'retail@1',
    });
    expect(presentOf(customer).because).toEqual({ stage: last('stage'), health: last('health') });
  });

  test('explains the very stage and health that the customer is in, whenever asked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 14 }), (length) => {
        const { customer } = lives(story.slice(0, length));
        const { because } = presentOf(customer);
        expect(because.stage?.to ?? 'exploration').toBe(customer.stage);
        expect(because.health?.to ?? 'well').toBe(customer.health);
      }),
    );
  });

  test('is the same after the state was stored and loaded, and after a replay', () => {
    const { customer } = lives(story);
    expect(presentOf(structuredClone(customer))).toEqual(presentOf(customer));
    expect(presentOf(lives(story).customer)).toEqual(presentOf(customer));
  });

  test('is the change of definition for whom that put into another stage', () => {
    const { customer } = lives(buysEvery(8, 0, 80));
    const next = loadDefinition(
      `${retailSource.replace('version: 1', 'version: 2')}\nmigration: { stages: { expansion: awareness } }\n`,
    );
    const activation = event('definition.activated.v1', 81, { definition: 'retail@2', hash: 'h' });
    const { customer: moved, migration } = createLifecycle(next).advance(customer, activation, on(81));
    expect(presentOf(moved).because).toEqual({
      ...presentOf(customer).because,
      stage: {
        id: migration?.id,
        region: 'stage',
        from: 'expansion',
        to: 'awareness',
        at: on(81),
        definition: 'retail@2',
        evidence: migration?.evidence,
      },
    });
  });

  test('is nothing for somebody new, and for somebody erased', () => {
    expect(presentOf(retail.begin('c-1')).because).toEqual({});
    expect(presentOf(lives([...story, event('customer.erased.v1', 410, {})]).customer).because).toEqual({});
  });
});

test('what waits is named with the time in which it may go', () => {
  const consent = event('consent.changed.v1', 0, { channel: 'email', purpose: 'marketing', granted: true });
  const { customer } = lives([consent, buys(1)]);
  const waiting = presentOf(customer).waiting;
  for (const { notBefore, expiresAt } of waiting) expect(expiresAt).toBeGreaterThan(notBefore);
  expect(waiting.every(({ expiresAt }) => expiresAt > on(1))).toBe(true);
});
