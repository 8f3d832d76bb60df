import fc from 'fast-check';
import type { InputEvent } from '#contracts';
import { LiveCustomer } from '../index.js';
import type { Action } from '../types.js';
import { day, offering } from './story.given.js';

const lifecycle = offering('referral');
const start = Date.parse('2026-01-05T15:00:00Z');

type Deed = readonly [after: number, who: string, what: 'joins' | 'buys' | 'returns', whom: string];

const names = ['ann', 'bea', 'cleo', 'dan', 'eve'];
const someone = fc.constantFrom(...names);
const deeds: fc.Arbitrary<readonly Deed[]> = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 12 }),
    someone,
    fc.constantFrom('joins' as const, 'joins' as const, 'buys' as const, 'buys' as const, 'returns' as const),
    someone,
  ),
  { minLength: 20, maxLength: 40 },
);

interface Credit extends Pick<Action, 'variables' | 'actionId'> {
  readonly who: string;
}

/** Lives all lives at once; what goes to another customer arrives there, the older the order the later. Gathers the credits. */
function live(told: readonly Deed[]) {
  const people = new Map(names.map((name) => [name, new LiveCustomer(lifecycle, name)]));
  const credits: Credit[] = [];
  const converted: { readonly referrer: string; readonly friend: string; readonly orderId: string }[] = [];
  const post: InputEvent[] = [];
  const accept = (who: string, done: readonly ReturnType<LiveCustomer['take']>[]) => {
    for (const { actions, suppressed, records } of done) {
      for (const { template, variables, actionId } of [...actions, ...suppressed.map(({ action }) => action)])
        if (template === 'referral.credit') credits.push({ who, variables, actionId });
      for (const { id, type, subject, at, data } of records) {
        post.push({ id, source: '/perennial', type, subject, at, data });
        if (type === 'referral.converted.v1') converted.push({ referrer: subject, ...data });
      }
    }
  };
  const pass = (until: number) => {
    for (const [who, person] of people) accept(who, person.ring(until));
    for (let event = post.shift(); event; event = post.shift()) {
      const person = people.get(event.subject);
      if (person) accept(event.subject, [person.take(event)]);
    }
  };
  let at = start;
  told.forEach(([after, who, what, whom], n) => {
    at += after * day;
    pass(at);
    const make = (type: string, data: object): InputEvent => ({
      id: `e${n}`,
      source: '/shop',
      type,
      subject: who,
      at,
      data,
    });
    const event = {
      joins: () => make('referral.joined.v1', { referrer: whom, referralId: `r${n}` }),
      buys: () =>
        make('order.completed.v1', { orderId: `o-${who}-${n}`, total: 20, currency: 'EUR', products: [] }),
      returns: () => make('order.returned.v1', { orderId: lastOrderOf(told, who, n), whole: true }),
    }[what]();
    accept(who, [people.get(who)!.take(event)]);
  });
  pass(at + 60 * day);
  return { credits, converted };
}

function lastOrderOf(told: readonly Deed[], who: string, before: number): string {
  const n = told.findLastIndex(([, buyer, what], n) => n < before && buyer === who && what === 'buys');
  return `o-${who}-${n}`;
}

/** Each credit to a friend with the referrer that it was accepted by. */
function pairs({ credits, converted }: ReturnType<typeof live>) {
  return credits
    .filter(({ variables }) => variables['side'] === 'friend')
    .map(({ who, variables }) =>
      converted.find(({ friend, orderId }) => friend === who && orderId === variables['orderId'])!,
    );
}

describe('whoever recommends whom', () => {
  test('a friend’s purchase credits both sides after the return window, once', () => {
    const { credits, converted } = live([[0, 'ann', 'buys', 'ann'], [1, 'bea', 'joins', 'ann'], [2, 'bea', 'buys', 'ann'], [50, 'bea', 'buys', 'ann']]); // prettier-ignore
    expect(converted).toHaveLength(1);
    expect(credits.map(({ who, variables }) => `${who} ${String(variables['side'])}`)).toEqual([
      'ann referrer',
      'bea friend',
    ]);
  });
  test('two who recommend each other are credited for nothing', () => {
    const told: Deed[] = [[0, 'ann', 'joins', 'bea'], [1, 'bea', 'joins', 'ann'], [1, 'ann', 'buys', 'ann'], [1, 'bea', 'buys', 'bea']]; // prettier-ignore
    const { credits, converted } = live(told);
    expect(converted).toHaveLength(2);
    expect(credits).toEqual([]);
  });

  test('no circle is credited, nobody has two referrers, and nobody is credited twice for one friend', () => {
    let credited = 0;
    fc.assert(
      fc.property(deeds, (told) => {
        const lived = live(told);
        const { credits, converted } = lived;
        expect(new Set(credits.map(({ actionId }) => actionId)).size).toBe(credits.length);
        expect(new Set(converted.map(({ friend }) => friend)).size).toBe(converted.length);
        const referrers = new Map<string, string>();
        for (const { friend, referrer } of pairs(lived)) {
          expect(referrers.has(friend)).toBe(false);
          referrers.set(friend, referrer);
        }
        expect(credits.filter(({ variables }) => variables['side'] === 'referrer')).toHaveLength(
          referrers.size,
        );
        for (const friend of referrers.keys()) {
          const seen = new Set<string>();
          for (let up: string | undefined = friend; up !== undefined; up = referrers.get(up)) {
            expect(seen.has(up)).toBe(false);
            seen.add(up);
          }
        }
        credited += referrers.size;
      }),
      { numRuns: 300 },
    );
    expect(credited).toBeGreaterThan(50);
  });
});
