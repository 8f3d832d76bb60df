import type { Command } from 'commander';
import { definitionFormOption, type DefinitionForm } from '../inspect/definition/form.js';
import { outputOption } from '../output.js';
import type { Output, Runner } from '../program.js';

/** `perennial definition …`. */
export function addDefinitions(perennial: Command, run: Runner): void {
  const definition = perennial.command('definition').description('lifecycle definitions');
  definition
    .command('check <files...>')
    .description('say everything that is wrong with definitions, and what is allowed there')
    .addOption(outputOption())
    .addHelpText('after', '\nThe exit code is 1 when anything is wrong with any of the files.')
    .action((files: string[], { output }: Output) =>
      run(async () =>
        (await import('../inspect/definition/check.command.js')).checkDefinitions(files, output),
      ),
    );
  definition
    .command('diff <definition> [other]')
    .description('which rules, programmes, limits and timers change from one definition to another, in words')
    .option('--exit-code', 'end with 1 when there are differences', false)
    .addOption(outputOption())
    .addHelpText('after', `${names}\nOne alone is compared with the definition in force.`)
    .action((first: string, second: string | undefined, options: Output & { readonly exitCode: boolean }) =>
      run(async () =>
        (await import('../inspect/definition/diff.command.js')).diffDefinition({
          names: second === undefined ? [first] : [first, second],
          ...options,
        }),
      ),
    );
  definition
    .command('show [definition]')
    .description('state diagram, rules, timers, programmes and contact policy of a definition, in words')
    .addOption(definitionFormOption())
    .addHelpText('after', `${names}\nWithout a name it is the definition in force.`)
    .action((name: string | undefined, { output }: { readonly output: DefinitionForm }) =>
      run(async () => (await import('../inspect/definition/show.command.js')).showDefinition(name, output)),
    );
}

const names =
  "\nA definition is named by its file, or as 'retail@1' where an engine has registered it in the store.";
