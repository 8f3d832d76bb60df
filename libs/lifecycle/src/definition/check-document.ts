import { isZone } from '../facts/calendar.js';
import type { Windows } from '../facts/purchases.js';
import { programmes } from '../programmes/index.js';
import { checkDuration, checkFact } from './check-guard.js';
import { checkSettings } from './check-settings.js';
import type { Definition } from './definition.js';
import { checkKeys, isEntry, shown, type Entry, type Report } from './problems.js';

export const documentKeys = [
  'name',
  'version',
  'zone',
  'cycle',
  'overdueFloor',
  'windows',
  'timers',
  'machine',
  'programmes',
  'contactPolicy',
  'migration',
  'costs',
  'acquisitionCost',
  'model',
];
export const windowNames = ['purchases', 'returns', 'recent'] as const;

export function checkScalars(document: Entry, report: Report): void {
  checkKeys(document, '', documentKeys, report);
  const { name, version, zone, cycle, overdueFloor, windows } = document;
  if (typeof name !== 'string' || !/^[a-z][a-z0-9-]{0,62}$/.test(name))
    report('name', `${shown(name)} is no name`, 'lower-case letters, digits and hyphens');
  if (!Number.isInteger(version) || (version as number) < 1)
    report('version', `${shown(version)} is no version`, 'whole numbers from 1 on');
  if (!isZone(zone)) report('zone', `${shown(zone)} is no time zone`, 'IANA names such as America/New_York');
  if (typeof cycle !== 'number' || !(cycle > 0 && cycle <= 400))
    report('cycle', `${shown(cycle)} is no length`, 'days, above 0 and up to 400');
  if (typeof overdueFloor !== 'number' || !(overdueFloor >= 0 && overdueFloor <= 400))
    report('overdueFloor', `${shown(overdueFloor)} is no length`, 'days from 0 to 400');
  if (!isEntry(windows)) return report('windows', `${shown(windows)} are no windows`, windowNames);
  checkKeys(windows, 'windows', windowNames, report);
  for (const window of windowNames) {
    checkDuration(windows[window], `windows.${window}`, report, { fixed: true });
    if (windows[window] === 0) report(`windows.${window}`, '0 is no length');
  }
}

const longestWindow = 1_000;

/** What is kept of a customer is bounded by the windows, in days. */
export function checkReachOf(windows: Windows, report: Report): void {
  const { purchases, recent, returns } = windows;
  for (const [name, days] of Object.entries({ purchases, returns }))
    if (days > longestWindow)
      report(`windows.${name}`, `${days} days are too long`, `up to ${longestWindow} days`);
  if (recent > purchases)
    report('windows.recent', `${recent} days reach further than windows.purchases`, `up to ${purchases}`);
}

export function checkTimers(timers: unknown, report: Report): readonly string[] {
  if (!isEntry(timers)) {
    report('timers', `${shown(timers)} are no timers`, '{ name: { since, days } }');
    return [];
  }
  for (const [name, rule] of Object.entries(timers)) {
    const path = `timers.${name}`;
    if (!/^[a-z][A-Za-z0-9]*$/.test(name) || name === 'arbiter')
      report(path, `'${name}' is no timer's name`, 'letters and digits; `arbiter` is taken');
    if (!isEntry(rule)) {
      report(path, `${shown(rule)} is no timer`, '{ since, days }');
      continue;
    }
    checkKeys(rule, path, ['since', 'days'], report);
    checkFact(rule['since'], ['time'], `${path}.since`, report);
    checkDuration(rule['days'], `${path}.days`, report);
  }
  return Object.keys(timers);
}

export function checkProgrammes(chosen: unknown, report: Report): Definition['programmes'] {
  const names = programmes.map(({ name }) => name);
  if (!isEntry(chosen)) {
    report('programmes', `${shown(chosen)} are no programmes`, names);
    return [];
  }
  for (const name of Object.keys(chosen))
    if (!names.includes(name)) report(`programmes.${name}`, `unknown programme '${name}'`, names);
  return programmes
    .filter(({ name }) => Object.hasOwn(chosen, name))
    .map((programme) => ({
      programme,
      settings: checkSettings(
        programme.settings,
        chosen[programme.name],
        `programmes.${programme.name}`,
        report,
      ),
    }));
}
