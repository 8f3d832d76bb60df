import { untilSignalled } from '#backends';
import type { Command } from '../context.js';
import { definitionZone } from '../definition-text.js';
import { exitCode } from '../exit-code.js';
import { count, rate } from '../publish/publish.command.js';
import { Publisher } from '../publish/publisher.js';
import type { Dataset } from './dataset.js';
import { importLedger } from './ledger.js';
import { runImport, type ImportReport } from './run-import.js';
import { shiftTarget } from './shift.js';

export interface ImportArguments {
  readonly assumeConsent: boolean;
  /** `now` or a date, as given. */
  readonly shiftTo?: string | undefined;
}

/** `perennial import DATASET PATH`; prints nothing on stdout. Ctrl-C ends it after the chunk under way. */
export const importDataset =
  (openDataset: (zone: string) => Dataset, { assumeConsent, shiftTo }: ImportArguments): Command =>
  async ({ terminal, config, backends, now }) => {
    const target = shiftTo === undefined ? undefined : shiftTarget(shiftTo, now());
    const dataset = openDataset(await definitionZone(config));
    const { log, store } = await backends();
    const interrupt = new AbortController();
    void untilSignalled().then(() => interrupt.abort());
    if (assumeConsent) terminal.say(consentNotice(dataset));
    const report = await runImport(
      dataset,
      { assumeConsent, signal: interrupt.signal, ...(target === undefined ? {} : { shiftTo: target }) },
      {
        publisher: new Publisher(log, config.topicPrefix, now),
        ledger: importLedger(store),
        terminal,
        now,
      },
    );
    terminal.say(lastLine(report));
    return report.rejected === 0 && !interrupt.signal.aborted ? exitCode.ok : exitCode.failure;
  };

export const consentNotice = ({ name }: Dataset) =>
  `--assume-consent: each customer of ${name} gets a made-up address ending in .invalid and opt-ins to e-mail.`;

export function lastLine({ published, rejected, skipped, seconds, interrupted }: ImportReport): string {
  const earlier = skipped === 0 ? '' : ` ${count(skipped, 'row')} had been imported before.`;
  const stopped = interrupted ? ' Interrupted: start it again to go on from there.' : '';
  return (
    `Imported ${count(published, 'event')} in ${seconds.toFixed(1)} s (${rate(published, seconds)}); ` +
    `${count(rejected, 'row')} rejected.${earlier}${stopped}`
  );
}
