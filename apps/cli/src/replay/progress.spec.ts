import { recordingTerminal } from '../recording-terminal.given.js';
import { Progress } from './progress.js';

test('progress tells share, events, rate and what is left; a line that stays every ten seconds, and the whole at the end', () => {
  let now = 0;
  const drawn: string[] = [];
  const terminal = { ...recordingTerminal(), progress: (line: string) => void drawn.push(line) };
  const progress = new Progress(terminal, () => now, 'repeated');
  const said: string[] = [];
  const told = { ...terminal, say: (line: string) => void said.push(line) };
  const both = new Progress(told, () => now, 'repeated');
  now = 2_000;
  for (const one of [progress, both]) one.at(0.25, 50_000);
  expect(drawn).toEqual(Array(2).fill('repeated: 25 %, 50,000 events, 25,000/s, about 6.0 s left'));
  now = 2_100;
  both.at(0.3, 60_000);
  expect(drawn).toHaveLength(2);
  now = 12_000;
  both.at(0.5, 240_000);
  expect(said).toEqual(['repeated: 50 %, 240,000 events, 20,000/s, about 12 s left']);
  now = 24_000;
  both.done(480_000);
  expect(said.at(-1)).toBe('repeated: 480,000 events in 24 s, 20,000/s');
});
