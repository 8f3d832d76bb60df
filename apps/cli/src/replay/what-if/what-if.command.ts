import type { Command, Context } from '../../context.js';
import { exitCode } from '../../exit-code.js';
import { Failure } from '../../failure.js';
import { definitionInForce } from '../../control/in-force.js';
import { labelOf } from '../../inspect/definition-book.js';
import type { Job } from '../job.js';
import { Progress } from '../progress.js';
import { requirePeriod } from '../replay.command.js';
import { runJobs } from '../run-jobs.js';
import type { FileKind } from '../file-kinds.js';
import { fileCustomers } from './file-customers.js';
import { merged } from './merged.js';
import type { Part } from './part.js';
import { printWhatIf, type Destinations } from './print.js';
import { rehearseFile } from './rehearse-file.js';
import { definitionNamed, sidesOf } from './sides-of.js';
import { requireKnownEnding } from './write-customers.js';

export interface WhatIfArguments extends Destinations {
  /** File or name of the candidate. */
  readonly definition: string;
  /** File or name of what it is compared with, or `recorded`; absent: the definition in force. */
  readonly against?: string | undefined;
  readonly file?: string | undefined;
  readonly format: FileKind;
  readonly assumeConsent: boolean;
  /** ms */
  readonly from?: number | undefined;
  readonly until?: number | undefined;
  readonly top: number;
  readonly jobs?: number | undefined;
  readonly fromSnapshot?: string | undefined;
}

/** `perennial replay --definition CANDIDATE`: who would have moved, got what, and at what cost. Sends nothing, joins no group. */
export const whatIf =
  (options: WhatIfArguments): Command =>
  async (context) => {
    const { from = -Infinity, until = Infinity, customers } = options;
    requirePeriod(from, until);
    if (customers !== undefined) requireKnownEnding(customers);
    return options.file === undefined ? fromLog(options, context) : fromFile(options.file, options, context);
  };

async function fromLog(options: WhatIfArguments, context: Context) {
  const { terminal, config, backends } = context;
  const { definition, against, from = -Infinity, until = Infinity, top, jobs } = options;
  const candidate = await definitionNamed(definition, context);
  const { store } = await backends();
  const inForce = await definitionInForce(config, store);
  const recorded = against === 'recorded';
  const other = recorded ? undefined : await definitionNamed(against, context);
  const ground = other ?? inForce;
  const { compared } = sidesOf(other, candidate, ground, { from, top });
  const job: Job = {
    ...{ kind: 'rehearse', from, until, top, snapshot: options.fromSnapshot },
    ...{ candidate: candidate.source, against: other?.source, ground: ground.source },
  };
  const parts = await runJobs(job, context, jobs, 'rehearsed', (result) => (result as Part).events);
  const command = `perennial replay --definition ${definition} --against ${against ?? labelOf(ground)}`;
  await printWhatIf(merged(parts as readonly Part[], top), compared, options, terminal, command);
  return exitCode.ok;
}

async function fromFile(path: string, options: WhatIfArguments, context: Context) {
  const { terminal, now } = context;
  const { definition, against, format: kind, assumeConsent, from = -Infinity, until = Infinity } = options;
  if (against === 'recorded')
    throw new Failure('--against recorded: a file records no decisions; name a definition', exitCode.usage);
  const candidate = await definitionNamed(definition, context);
  const other = await definitionNamed(against, context);
  const sides = sidesOf(other, candidate, other, { from, top: options.top });
  const { zone } = other.settings.calendar;
  const found = await fileCustomers({ path, kind, zone, assumeConsent, until }, terminal);
  const progress = new Progress(terminal, now, 'rehearsed');
  const part = await rehearseFile(found, sides.twin, sides.collect, (share, events) =>
    progress.at(share, events),
  );
  progress.done(part.events);
  const command = `perennial replay --file ${path} --format ${kind} --definition ${definition} --against ${against ?? sides.collect.labels[0]}`;
  const notes = [...sides.compared.notes, ...(assumeConsent ? [] : [withoutConsent])];
  await printWhatIf(part, { ...sides.compared, notes }, options, terminal, command);
  return found.rejected === 0 ? exitCode.ok : exitCode.failure;
}

const withoutConsent =
  'The file records no consent, so marketing and surveys are suppressed on both sides; --assume-consent puts opt-ins first.';
