import { root } from '../support/processes.js';
import { carriedYear } from './carried-year.js';
import { measureAdvance } from './measure-advance.js';

/**
 * Wide on purpose: in Jest's contexts every look-up of a global costs advance() and not JSON.parse, so that the ratio is
 * about half of what `npm run bench:advance` says (docs/decisions/0006-cost-of-advance.md).
 */
const least = 0.02;

test('to fold an event costs no more than to parse it fifty times', async () => {
  const { events, texts } = await carriedYear(root);
  const months = { events: events.slice(0, 12_000), texts: texts.slice(0, 12_000) };
  const { ratio, stateBytes } = measureAdvance(months, 3, () => undefined);
  expect(ratio).toBeGreaterThan(least);
  expect(stateBytes.max).toBeLessThan(64_000);
}, 60_000);
