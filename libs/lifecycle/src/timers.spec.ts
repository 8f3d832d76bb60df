// The arbiter once put its timer between two milliseconds. The record that was to fire it could not say so, matched no timer,
// and was published again every minute for as long as the customer stayed silent.
import { setTimer } from './timers.js';

it('a timer is due at a moment that a date can name, not before it was wanted', () => {
  const [timer] = setTimer([], 'arbiter', 1_507_821_610_727.5151);
  expect(timer?.due).toBe(1_507_821_610_728);
  expect(Date.parse(new Date(timer?.due ?? 0).toISOString())).toBe(timer?.due);
});

it('a timer that is set where it stands leaves the list as it is', () => {
  const timers = setTimer([], 'arbiter', 5);
  expect(setTimer(timers, 'arbiter', 4.5)).toBe(timers);
});
