import fc from 'fast-check';
import { eventTypes, healths, stages } from '#contracts';
import { lives, retailDefinition } from '../customer.given.js';
import type { Reading } from '../facts/read.js';
import { histories } from '../history.given.js';
import { compileRegion } from './candidates.js';
import { compileMachine } from './machine.js';
import { oracle, stateMachine, type Standing } from './oracle.js';

const { machine, settings, timers } = retailDefinition;
const events = [
  ...Object.keys(eventTypes),
  ...timers.map(({ name }) => `timer.${name}`),
  'stage.changed',
  'no.such.v1',
];
const standings = stages.flatMap((stage) => healths.map((health) => ({ stage, health })));

test('the compiled guards, the remembered moves and XState agree on every event, from every standing, whatever the facts', () => {
  const stageOf = compileRegion(machine.states.stage, settings.cycle);
  const healthOf = compileRegion(machine.states.health, settings.cycle);
  const ask = oracle(machine, settings.cycle);
  const compiledMachine = compileMachine(retailDefinition);
  const step = (standing: Standing, event: string, reading: Reading) =>
    compiledMachine(standing, event, reading)?.standing ?? standing;
  let moves = 0;
  fc.assert(
    fc.property(
      histories({ days: 700, most: 60 }),
      fc.constantFrom(...standings),
      fc.nat({ max: 300 }),
      (history, standing, later) => {
        const { customer } = lives(history);
        const at = customer.clock + later * 86_400_000;
        const reading: Reading = {
          facts: customer.facts,
          standing: { ...customer, ...standing },
          at,
          settings,
        };
        for (const event of events) {
          const compiled = {
            stage: stageOf(standing.stage, event, reading)?.target ?? standing.stage,
            health: healthOf(standing.health, event, reading)?.target ?? standing.health,
          };
          const truth = ask(standing, event, reading);
          expect({ event, ...compiled }).toEqual({ event, ...truth });
          expect({ event, ...step(standing, event, reading) }).toEqual({ event, ...truth });
          if (truth.stage !== standing.stage || truth.health !== standing.health) moves++;
        }
      },
    ),
    { numRuns: 120 },
  );
  expect(moves).toBeGreaterThan(500);
});

test('the definition’s machine is an XState machine as it stands', () => {
  const config = stateMachine(machine, settings.cycle).toJSON() as { states: object };
  expect(Object.keys(config.states)).toEqual(['stage', 'health']);
});
