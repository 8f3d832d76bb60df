import { retailPolicy } from './arbiter.given.js';
import { inControlGroup } from './control.js';

const customers = Array.from({ length: 10_000 }, (_, n) => `c-${n}`);
const held = (programme: string, control = retailPolicy.control, definition = 'retail@1') =>
  new Set(
    customers.filter((id) => inControlGroup(id, definition, { programme, purpose: 'marketing' }, control)),
  );
const shareOf = (set: ReadonlySet<string>) => set.size / customers.length;

describe('control groups', () => {
  const { control } = retailPolicy;
  const each = { ...control, all: 0 };
  const all = { ...control, each: 0 };

  test('hold a tenth of the customers of a programme and a twentieth of all', () => {
    expect(shareOf(held('win-back', each))).toBeCloseTo(0.1, 2);
    expect(shareOf(held('win-back', all))).toBeCloseTo(0.05, 2);
    expect(shareOf(held('win-back'))).toBeCloseTo(1 - 0.9 * 0.95, 2);
  });

  test('of two programmes are drawn apart, the one of all programmes is the same everywhere', () => {
    const [winBack, followUp] = [held('win-back', each), held('follow-up', each)];
    expect(shareOf(winBack.intersection(followUp))).toBeCloseTo(0.01, 2);
    expect(held('win-back', all).symmetricDifference(held('follow-up', all)).size).toBe(0);
  });

  test('outlive an activation, and are drawn anew for a definition of another name', () => {
    const retail = held('win-back', each);
    expect(retail.symmetricDifference(held('win-back', each, 'retail@2')).size).toBe(0);
    expect(shareOf(retail.intersection(held('win-back', each, 'travel@1')))).toBeCloseTo(0.01, 2);
  });

  test('do not exist for recovery and for transactional messages', () => {
    expect(held('recovery').size).toBe(0);
    const transactional = (id: string) =>
      inControlGroup(id, 'retail@1', { programme: 'follow-up', purpose: 'transactional' }, control);
    expect(customers.some(transactional)).toBe(false);
  });

  test('stay as they are: a customer once held out is held out for ever', () => {
    expect([...held('win-back')].slice(0, 5)).toMatchInlineSnapshot(`
     [
       "c-3",
       "c-5",
       "c-14",
       "c-15",
       "c-20",
     ]
    `);
  });
});
