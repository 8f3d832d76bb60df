import type { Command } from 'commander';
import type { Runner } from '../program.js';

const brakes = {
  pause: ['paused', 'suppress everything that a programme asks for'],
  shadow: ['shadow', 'show what a programme would ask for, and let nothing of it go'],
  resume: ['running', 'let a programme go on'],
} as const;

/** What an operator sets while engines run. */
export function addControls(perennial: Command, run: Runner): void {
  for (const [name, [mode, description]] of Object.entries(brakes))
    perennial
      .command(`${name} <programme>`)
      .description(description)
      .addHelpText('after', "\nA programme's name, or 'all'. In force within a second, without a restart.")
      .action((programme: string) =>
        run(async () => (await import('../control/brake.command.js')).brake(programme, mode)),
      );
  perennial
    .command('announce <file>')
    .description('publish an announcement (JSON or YAML) to every known customer, as marketing')
    .addHelpText('after', announcementHelp)
    .action((file: string) =>
      run(async () => (await import('../control/announce.command.js')).announceFile(file)),
    );
  perennial.commands
    .find((command) => command.name() === 'definition')
    ?.command('activate <file>')
    .description('let running engines go by this definition, and take every customer over to it')
    .action((file: string) =>
      run(async () => (await import('../control/activate.command.js')).activateDefinition(file)),
    );
}

const announcementHelp = `
Fields: kind (sale, launch, benefits, news), template and validUntil; title, validFrom, categories, segment {stages, healths,
tiers, relationshipTypes}, budget (most customers), variables and announcementId where wanted.`;
