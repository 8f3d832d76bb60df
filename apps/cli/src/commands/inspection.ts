import { Option, type Command } from 'commander';
import { outputOption } from '../output.js';
import type { Output, Runner } from '../program.js';
import { addDefinitions } from './definitions.js';
import { method } from '../quality/method.js';
import type { QualityOptions } from '../quality/quality.command.js';
import { timeOf } from './time-of.js';

/** What shows customers, topics, contracts and definitions. */
export function addInspection(perennial: Command, run: Runner): void {
  perennial
    .command('show <customer>')
    .description('stage, health, facts, timers and version of one customer')
    .addOption(outputOption())
    .action((customer: string, { output }: Output) =>
      run(async () => (await import('../inspect/show.command.js')).show(customer, output)),
    );
  perennial
    .command('why <customer>')
    .description('what was decided about a customer and why, in plain words, and what would move them')
    .addOption(outputOption())
    .addHelpText('after', whyHelp)
    .action((customer: string, { output }: Output) =>
      run(async () => (await import('../inspect/why/why.command.js')).why(customer, output)),
    );
  perennial
    .command('quality')
    .description(
      'complaints, returns and bad scores by product as rates drawn towards those of the category, worst first',
    )
    .addOption(
      new Option('--by <what>', 'one line for each product, or for each of its causes')
        .choices(['product', 'cause'])
        .default('product'),
    )
    .addOption(new Option('--from <time>', 'leave out what happened earlier').argParser(timeOf))
    .addOption(new Option('--to <time>', 'leave out what happened then or later').argParser(timeOf))
    .addOption(outputOption())
    .addHelpText('after', method)
    .action((options: QualityOptions) =>
      run(async () => (await import('../quality/quality.command.js')).quality(options)),
    );
  const topics = perennial.command('topics').description('the topics of the event log');
  topics
    .command('list')
    .description('every topic with its partitions and how many offsets it holds')
    .addOption(outputOption())
    .action(({ output }: Output) =>
      run(async () => (await import('../inspect/topics.command.js')).listTopics(output)),
    );
  topics
    .command('create')
    .description('create those that are missing, with PARTITIONS partitions')
    .addOption(outputOption())
    .action(({ output }: Output) =>
      run(async () => (await import('../inspect/topics.command.js')).createTopics(output)),
    );
  perennial
    .command('asyncapi')
    .description('print the AsyncAPI 3 document of all topics and events')
    .action(() =>
      run(async () => (await import('../inspect/asyncapi.command.js')).asyncapi(perennial.version() ?? '')),
    );
  addDefinitions(perennial, run);
}

const whyHelp = `
Each transition, action and ledger entry with its rule, the facts it read and the causing events; each suppression with its
reason; and every way out of the present stage and health with the conditions that are unmet. 'json' is one object
(docs/why.md), 'ndjson' the story alone, an entry a line.
The exit code is 1 for a customer whom nobody knows, and for one who was erased.`;
