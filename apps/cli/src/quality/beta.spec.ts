import { betaQuantile, incompleteBeta } from './beta.js';

// The expected values are those of scipy 1.17.1: scipy.stats.beta.cdf and .ppf.
test.each([
  [0.5, 2, 3, 0.6875],
  [0.1, 1.5, 20, 0.7658728897050668],
  [0.9, 50, 7, 0.6738420643196652],
  [0.15, 33.1, 186.9, 0.5100320341523691],
  [0.001, 0.2, 0.5, 0.200369664051775],
  [0, 2, 3, 0],
  [1, 2, 3, 1],
])('of a share below %d, Beta(%d, %d) holds %d', (x, a, b, expected) => {
  expect(incompleteBeta(x, a, b)).toBeCloseTo(expected, 10);
});

test.each([
  [0.05, 4.1, 17.9, 0.07077652437683861],
  [0.95, 4.1, 17.9, 0.33486857318895513],
  [0.05, 33.1, 186.9, 0.11277541349745829],
  [0.95, 0.01, 5, 0.0007446201579572009],
  [0.05, 0.5, 0.5, 0.0061558297024311365],
  [0.95, 2000, 9000, 0.18789953244156216],
])('the %d quantile of Beta(%d, %d) is %d', (p, a, b, expected) => {
  expect(betaQuantile(p, a, b)).toBeCloseTo(expected, 8);
});
