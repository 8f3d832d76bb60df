import { LogError, type Offsets, type TaskSession } from './event-log.port.js';
import { PartitionStopped } from './reconcile.js';
import { standing } from './standing.js';

/** Answers one after the other; to be written to is a failure of the test. */
const sessionOf = (...answers: (Offsets | LogError)[]): TaskSession => ({
  committed: async () => {
    const answer = answers.shift();
    if (answer === undefined || answer instanceof LogError) throw answer ?? new Error('asked too often');
    return answer;
  },
  commit: () => Promise.reject(new Error('written to')),
  close: async () => undefined,
});

/** Only 7 fits. */
const fits = ({ orders }: Offsets): string => {
  if (orders !== 7) throw new PartitionStopped(0, 'positions', `stands at ${orders}`);
  return 'goes on';
};

describe('where a task finds its group standing', () => {
  it('is taken at the first word where it fits', async () => {
    await expect(standing(sessionOf({ orders: 7 }), fits)).resolves.toEqual([{ orders: 7 }, 'goes on']);
  });

  it('is asked for once more where it does not fit, and nothing is written', async () => {
    await expect(standing(sessionOf({ orders: 3 }, { orders: 7 }), fits)).resolves.toEqual([
      { orders: 7 },
      'goes on',
    ]);
  });

  it('stops the partition where it does not fit the second time either', async () => {
    await expect(standing(sessionOf({ orders: 3 }, { orders: 4 }), fits)).rejects.toThrow('stands at 4');
  });

  it('stops nothing where the session was overtaken meanwhile', async () => {
    const overtaken = new LogError('fenced', 'a newer session exists');
    await expect(standing(sessionOf({ orders: 3 }, overtaken), fits)).rejects.toBe(overtaken);
    await expect(standing(sessionOf(overtaken), fits)).rejects.toBe(overtaken);
  });
});
