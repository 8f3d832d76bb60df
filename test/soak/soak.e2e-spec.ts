import { soak } from './soak.js';

const MINUTE = 60_000;
const quick = { on: 'embedded', rate: 200, seed: 1, leak: 'none' } as const;
const verdicts = ({ judged }: Awaited<ReturnType<typeof soak>>) =>
  Object.entries(judged).map(([figure, { flat }]) => `${figure}: ${flat ? 'flat' : 'grows'}`);

describe('an engine under constant load', () => {
  it(
    'keeps memory and file handles flat, folds everything, and catches up after a burst',
    async () => {
      const soaked = await soak({ ...quick, minutes: 1 }, undefined, () => undefined);
      expect(verdicts(soaked)).toEqual(['heap: flat', 'own: flat', 'handles: flat']);
      expect(soaked.burst.recoveredMs).toBeLessThanOrEqual(soaked.burst.allowedMs);
      expect(soaked).toMatchObject({ folded: soaked.published, deadLetters: 0, sound: true });
    },
    3 * MINUTE,
  );

  it.each([
    ['memory', 'heap: grows'],
    ['handles', 'handles: grows'],
  ] as const)(
    'that leaks %s on purpose is found out',
    async (leak, verdict) => {
      const soaked = await soak({ ...quick, minutes: 0.4, leak }, undefined, () => undefined);
      expect(verdicts(soaked)).toContain(verdict);
      expect(soaked.sound).toBe(false);
    },
    3 * MINUTE,
  );
});
