import { describeWith, kafka, mongo, own } from '#testing';
import { short } from './forms.js';
import { run } from './run.js';

const MINUTE = 60_000;

await describeWith({ kafka: own(kafka), mongo: own(mongo) }, 'real processes under faults', (servers) => {
  it.each(short)(
    'lose nothing, double nothing and keep the order: $mode',
    async (form) => {
      const lines: string[] = [];
      const { verdict, recoveries } = await run(form, 1, servers, (line) => lines.push(line));
      const { lost, duplicated, outOfOrder, wrong } = verdict;
      expect({ lost, duplicated, outOfOrder, wrong, lines }).toEqual({
        ...{ lost: [], duplicated: [], outOfOrder: [], wrong: [] },
        lines,
      });
      const made = Object.values(form.recipe).reduce((sum, { times }) => sum + times, 0);
      expect(recoveries).toHaveLength(made);
      expect(verdict.transitions).toBeGreaterThan(form.events / 4);
      expect(verdict.deadLetters).toBeGreaterThan(0);
    },
    8 * MINUTE,
  );
});
