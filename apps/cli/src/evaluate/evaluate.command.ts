import { writeFile } from 'node:fs/promises';
import { inputTopics } from '#contracts';
import type { Command } from '../context.js';
import { exitCode } from '../exit-code.js';
import { Failure } from '../failure.js';
import { isoDay } from '../fit/days.js';
import type { Unit } from '../fit/purchases.js';
import { fileSource } from '../fit/read-file.js';
import { topicSource } from '../fit/read-topics.js';
import { namedDefinition } from '../inspect/definition/named-definition.js';
import { printOne, type Format } from '../output.js';
import { evaluate } from './evaluation.js';
import { evaluationReport } from './evaluation-report.js';
import { evaluationText } from './evaluation-text.js';

export interface EvaluateArguments {
  readonly output: Format;
  readonly file?: string | undefined;
  /** A definition's name or file; without it the one in force. */
  readonly definition?: string | undefined;
  /** Days since 1970-01-01. */
  readonly calibrateUntil: number;
  readonly until?: number | undefined;
  readonly unit: Unit;
  readonly halves: boolean;
  /** An HTML file to write. */
  readonly report?: string | undefined;
}

/** `perennial evaluate --calibrate-until`: does a stage mean what it says? */
export const evaluateStages =
  ({
    output,
    file,
    definition: name,
    calibrateUntil: cut,
    until,
    unit,
    halves,
    report,
  }: EvaluateArguments): Command =>
  async (context) => {
    const { terminal, config, backends } = context;
    if (until !== undefined && until <= cut)
      throw new Failure(
        `--until ${isoDay(until)} must come after --calibrate-until ${isoDay(cut)}`,
        exitCode.usage,
      );
    const definition = await namedDefinition(name, context);
    const source = file
      ? fileSource(file, definition.settings.calendar.zone)
      : topicSource((await backends()).log, config.topicPrefix, inputTopics);
    const progress = (text: string) => terminal.progress(text);
    const found = await evaluate({ source, definition, cut, until, unit, halves, progress });
    if (report !== undefined) {
      const command = [
        `perennial evaluate --calibrate-until ${found.calibratedUntil} --until ${found.until}`,
        ...(halves ? ['--halves'] : []),
      ].join(' ');
      await writeFile(
        report,
        evaluationReport(found, [
          ['data', source.name],
          ['command', command],
        ]),
      );
      terminal.say(`${report}: the report; a browser opens it as it is`);
    }
    await printOne(terminal, output, found, () => evaluationText(found));
    return exitCode.ok;
  };

/** Neither stages nor programmes. */
export const nothingAsked: Command = () =>
  Promise.reject(
    new Failure(
      'evaluate what? --calibrate-until DAY asks what stages mean, --programmes what programmes do',
      exitCode.usage,
    ),
  );
