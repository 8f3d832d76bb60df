import fc from 'fast-check';
import { bringing, buysEvery, on, retailDefinition, retailSource } from './customer.given.js';
import { loadDefinition } from './definition/load.js';
import { histories } from './history.given.js';
import { createTwin } from './twin.js';
import type { KnownInputEvent } from '#contracts';

const changed = (...[from, to]: readonly [string | RegExp, string]) => {
  const source = retailSource.replace('version: 1', 'version: 2').replace(from, to);
  expect(source.replace('version: 2', 'version: 1')).not.toBe(retailSource);
  return loadDefinition(source);
};

const changes: Readonly<Record<string, readonly [string | RegExp, string]>> = {
  'a guard': [/fact: recentRate, value: 0\.6 \}/, 'fact: recentRate, value: 0.4 }'],
  'a rule that every event asks': [
    'atMost, params: { fact: recentRate, value: 0.6 }',
    'atMost, params: { fact: recentRate, value: 0.8 }',
  ],
  'a timer': ['atLeast: 90, atMost: 400 } }', 'atLeast: 120, atMost: 400 } }'],
  "a programme's setting": ['follow-up: {}', 'follow-up: { thanks: { everyDays: 60 } }'],
  'a programme that is off': ['  win-back: {}\n', ''],
};

/** Folds a history under the first definition; calls back wherever both sides are said to be one. */
function together(candidate: ReturnType<typeof loadDefinition>, history: readonly KnownInputEvent[]) {
  const twin = createTwin(retailDefinition, candidate);
  let state = twin.against.begin('c-1');
  let [steps, apart] = [0, 0];
  const step = (event: KnownInputEvent, now: number) => {
    const advance = twin.against.advance(state, event, now);
    steps += 1;
    if (twin.parted()) apart += 1;
    else expect(twin.candidate.advance(state, event, now)).toEqual(advance);
    state = advance.customer;
  };
  for (const event of history) {
    for (let next = state.timers[0]; next && next.due <= event.at; next = state.timers[0])
      step(bringing(next), next.due);
    step(event, event.at);
  }
  return { steps, apart };
}

const purchases = buysEvery(9, 0, 400);

describe('two definitions side by side', () => {
  it.each(Object.entries(changes))('are one wherever %s changes nothing', (_, change) => {
    const candidate = changed(...change);
    fc.assert(
      fc.property(histories({ days: 400, most: 40 }), (history) => {
        together(
          candidate,
          [...history, ...purchases].sort((a, b) => a.at - b.at),
        );
      }),
      { numRuns: 5 },
    );
  });

  it.each(['a guard', 'a rule that every event asks'] as const)(
    'part where %s is felt, and only there',
    (change) => {
      const { steps, apart } = together(changed(...changes[change]!), [
        ...buysEvery(7, 0, 600),
        ...buysEvery(10, 605, 800),
        ...buysEvery(16, 820, 1_200),
      ]);
      expect(apart).toBeGreaterThan(0);
      expect(apart).toBeLessThan(steps / 4);
    },
  );

  it('are never taken for one where facts, contact policy or addressing differ', () => {
    for (const [from, to] of [
      ['cycle: 8', 'cycle: 9'],
      ['contactPolicy:', 'contactPolicy:\n  coolDownDays: 15'],
    ] as const) {
      const twin = createTwin(retailDefinition, changed(from, to));
      twin.against.advance(twin.against.begin('c-1'), purchases[0]!, on(0));
      expect(twin.parted()).toBe(true);
    }
  });

  it('go by one name and version, so that both draw the same control groups and give the same ids', () => {
    const { candidate } = createTwin(retailDefinition, changed(...changes['a guard']!));
    expect(candidate.definition).toMatchObject({ name: 'retail', version: 1 });
    expect(candidate.begin('c-1').definition).toBe('retail@1');
  });
});
