import { suppressionReasons } from '../arbiter/index.js';
import { reasonInWords } from './reasons.js';

test('every reason of the arbiter has one sentence of its own', () => {
  const sentences = suppressionReasons.map(reasonInWords);
  for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z][^.]+\.$/);
  expect(new Set(sentences).size).toBe(suppressionReasons.length);
});

test('a reason of another release is said as it is', () => {
  expect(reasonInWords('lunarEclipse')).toBe('lunarEclipse.');
});
