import type { Command } from 'commander';
import { outputOption } from '../output.js';
import type { Output, Runner } from '../program.js';

/** `perennial snapshot`. */
export function addSnapshot(perennial: Command, run: Runner): void {
  perennial
    .command('snapshot <dir>')
    .description(
      "save every customer's document as of a batch, for replays that begin there; engines may be at work",
    )
    .addOption(outputOption())
    .addHelpText('after', help)
    .action((folder: string, { output }: Output) =>
      run(async () => (await import('../snapshot/snapshot.command.js')).snapshot(folder, output)),
    );
}

const help = `
The folder must be empty or not there yet. 'perennial replay --from-snapshot DIR' begins where it stands, as where retention
has cut the topics. Files hold personal data, as the store does. docs/replay.md describes their format.`;
