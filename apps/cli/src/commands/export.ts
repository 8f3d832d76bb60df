import { Argument, Option, type Command } from 'commander';
import type { ExportArguments } from '../export/export.command.js';
import { grains } from '../export/period.js';
import { fileFormats } from '../export/table-spec.js';
import { tableNames, type TableName } from '../export/tables.js';
import type { Runner } from '../program.js';
import { timeOf } from './time-of.js';

/** `perennial export`. */
export function addExport(perennial: Command, run: Runner): void {
  perennial
    .command('export')
    .description('write tables for analysts, with a data dictionary; joins no group, changes nothing')
    .addArgument(new Argument('<tables...>', 'which ones').choices(tableNames))
    .requiredOption('--to <folder>', 'where to; made where it is missing, and no file in it is overwritten')
    .addOption(
      new Option('-o, --output <format>', 'as Parquet or CSV files').choices(fileFormats).default('parquet'),
    )
    .addOption(
      new Option('--grain <period>', 'facts: a row for each customer and end of a period')
        .choices(grains)
        .default('month'),
    )
    .addOption(
      new Option('--at <time>', 'customers: read facts as of this moment, not now').argParser(timeOf),
    )
    .option(
      '--from-snapshot <dir>',
      'facts: begin where `perennial snapshot` stood, as where retention has cut the topics',
    )
    .addHelpText('after', exportHelp)
    .action((tables: TableName[], options: ExportArguments) =>
      run(async () => (await import('../export/export.command.js')).exportTables(tables, options)),
    );
}

const exportHelp = `
customers    stage, health and every fact of each customer, as the store holds them
transitions  every change of stage, health and definition, with rule, facts read and causes
actions      every action requested or suppressed, with reason, rule, facts read and causes
facts        stage, health and every fact of each customer at the ends of days, weeks or months, by a replay
dictionary.csv says what each column means. Facts that name a person, and variables of messages, are left out.`;
