import { createHash } from 'node:crypto';
import { parseDocument } from 'yaml';
import { contactPolicySchema, type ContactPolicy } from '../arbiter/index.js';
import { calendar } from '../facts/calendar.js';
import type { Windows } from '../facts/purchases.js';
import { checkProgrammes, checkReachOf, checkScalars, checkTimers, documentKeys } from './check-document.js';
import { checkMigration } from './check-migration.js';
import { checkModel } from './check-model.js';
import { checkMachine } from './check-machine.js';
import { canonical } from './canonical.js';
import { checkExempt } from './check-exempt.js';
import { checkRules } from './check-rules.js';
import { checkCosts } from './costs.js';
import { checkSettings } from './check-settings.js';
import { checkXState } from './check-xstate.js';
import type { Definition, MachineConfig, TimerRule } from './definition.js';
import { fixedDays } from './duration.js';
import { DefinitionError, isEntry, type Entry, type Problem, type Report } from './problems.js';

/**
 * Reads a definition from its YAML text. Pure: the same text gives the same definition. `file` is named in messages.
 * @throws DefinitionError with everything that is wrong with it.
 */
export function loadDefinition(source: string, file = 'definition'): Definition {
  const problems: Problem[] = [];
  const report: Report = (path, message, allowed) =>
    problems.push({
      path,
      message,
      ...(allowed === undefined
        ? {}
        : { allowed: typeof allowed === 'string' ? allowed : allowed.join(', ') }),
    });
  const refuseIfBad = () => {
    if (problems.length > 0) throw new DefinitionError(file, problems);
  };

  const document = parse(source, report);
  refuseIfBad();
  checkScalars(document, report);
  const windows = problems.length === 0 ? windowsOf(document) : undefined;
  if (windows) checkReachOf(windows, report);
  const timers = checkTimers(document['timers'], report);
  const before = problems.length;
  checkMachine(document['machine'], timers, report);
  checkRules(document['machine'], timers, report);
  if (problems.length === before) checkXState(document['machine'], report);
  const chosen = checkProgrammes(document['programmes'], report);
  const contactPolicy = checkSettings(
    contactPolicySchema,
    document['contactPolicy'],
    'contactPolicy',
    report,
  );
  checkExempt(contactPolicy, report);
  const migration = checkMigration(document['migration'], report);
  const outlay = checkCosts(document, report);
  const model = checkModel(document, report);
  refuseIfBad();

  const { name, version, zone, cycle, overdueFloor } = document as {
    readonly name: string;
    readonly version: number;
    readonly zone: string;
    readonly cycle: number;
    readonly overdueFloor: number;
  };
  return {
    name,
    version,
    hash: createHash('sha256').update(canonical(document)).digest('hex'),
    source,
    settings: {
      calendar: calendar(zone),
      cycle,
      overdueFloor,
      windows: windows!,
      ...(model && { model }),
    },
    timers: Object.entries(document['timers'] as Record<string, Omit<TimerRule, 'name'>>).map(
      ([timer, rule]) => ({ name: timer, ...rule }),
    ),
    machine: document['machine'] as MachineConfig,
    programmes: chosen,
    contactPolicy: contactPolicy as ContactPolicy,
    migration,
    ...outlay,
  };
}

/** Days of each window. Names, cycle and lengths are checked before. */
function windowsOf(document: Entry): Windows {
  const { cycle, windows } = document as {
    readonly cycle: number;
    readonly windows: Readonly<Record<keyof Windows, number>>;
  };
  const days = (window: keyof Windows) => Math.round(fixedDays(windows[window], cycle));
  return { purchases: days('purchases'), returns: days('returns'), recent: days('recent') };
}

function parse(source: string, report: Report): Entry {
  const yaml = parseDocument(source);
  for (const error of yaml.errors) {
    const line = error.linePos?.[0];
    report(
      line ? `line ${line.line}, column ${line.col}` : 'text',
      error.message.split('\n')[0]!.replace(/ at line \d+, column \d+:$/, ''),
    );
  }
  const document: unknown = yaml.errors.length > 0 ? {} : yaml.toJS();
  if (isEntry(document)) return document;
  report('text', 'is no mapping', documentKeys);
  return {};
}
