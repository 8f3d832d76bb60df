import { retailSource } from '../customer.given.js';
import { loadDefinition } from '../definition/load.js';

export const modelText = `
model:
  name: mbg-nbd
  unit: weeks
  r: 0.525
  alpha: 6.183
  a: 0.891
  b: 1.614
  horizonDays: 273
  leavingBelow: 0.4
  spend: { p: 6.25, q: 3.74, gamma: 15.44 }
`;

/** retail@1 of a CD shop that knows its buying model, and holds whoever is leaving for at risk. */
export const leavingSource =
  retailSource
    .replace('cycle: 8', 'cycle: 74')
    .replace('timers:\n', 'timers:\n  leaving: { since: leavingAt, days: 0 }\n')
    .replace(
      '            timer.overdue:',
      `            timer.leaving:
              target: atRisk
              guard: { type: atMost, params: { fact: aliveProbability, value: 0.41 } }
              description: Has probably left.
              meta: { rule: leaving }
            timer.overdue:`,
    ) + modelText;

export const leavingDefinition = loadDefinition(leavingSource);
