import { facts, type FactSpec } from '#contracts';
import { isFact } from '../facts/read.js';
import { guardKinds, isGuard, type ParamKind } from './guards.js';
import { checkKeys, isEntry, shown, type Report } from './problems.js';

const catalogue: Readonly<Record<string, FactSpec>> = facts;

const factsOf = (kinds: readonly FactSpec['kind'][]) =>
  Object.keys(catalogue).filter((name) => kinds.includes(catalogue[name]!.kind));

export function checkGuard(guard: unknown, path: string, report: Report): void {
  if (!isEntry(guard)) {
    report(path, `${shown(guard)} is no guard`, '{ type, params }');
    return;
  }
  checkKeys(guard, path, ['type', 'params'], report);
  const { type, params = {} } = guard;
  if (!isGuard(type)) {
    report(`${path}.type`, `unknown guard ${shown(type)}`, Object.keys(guardKinds));
    return;
  }
  const expected: Readonly<Record<string, ParamKind>> = guardKinds[type].params;
  if (!isEntry(params)) {
    report(`${path}.params`, `${shown(params)} are no params`, Object.keys(expected));
    return;
  }
  checkKeys(params, `${path}.params`, Object.keys(expected), report);
  for (const [name, kind] of Object.entries(expected))
    checkParam(name, params[name], kind, `${path}.params.${name}`, report);
  if (type === 'is') checkSameKind(params['fact'], params['value'], `${path}.params.value`, report);
}

function checkParam(name: string, value: unknown, kind: ParamKind, path: string, report: Report): void {
  switch (kind.is) {
    case 'fact':
      return checkFact(value, kind.of, path, report);
    case 'duration':
      return checkDuration(value, path, report, { inDays: name === 'days' });
    case 'text':
      if (typeof value !== 'string') report(path, `${shown(value)} is no text`);
      return;
    case 'value':
      if (typeof value !== 'string' && typeof value !== 'boolean')
        report(path, `${shown(value)} is neither text nor true nor false`);
      return;
    case 'guard':
      return checkGuard(value, path, report);
    case 'guards':
      if (!Array.isArray(value) || value.length === 0) report(path, `${shown(value)} is no list of guards`);
      else value.forEach((guard, i) => checkGuard(guard, `${path}[${i}]`, report));
      return;
    default:
      return kind satisfies never;
  }
}

export function checkFact(
  value: unknown,
  kinds: readonly FactSpec['kind'][],
  path: string,
  report: Report,
): void {
  if (!isFact(value)) report(path, `unknown fact ${shown(value)}`, factsOf(kinds));
  else if (!kinds.includes(catalogue[value]!.kind))
    report(
      path,
      `the fact '${value}' is a ${catalogue[value]!.kind}, not a ${kinds.join(' or ')}`,
      factsOf(kinds),
    );
}

const forms = 'a number of days, { cycles, atLeast, atMost } or { fact, times, atLeast, atMost }';

/** Of times: a hundred years, and as many times a fact. */
const mostDays = 36_525;
const mostTimes = 1_000;

/** A number, or days that follow the cycle or a fact. `fixed`: not a fact. `inDays`: the length is one in days. */
export function checkDuration(
  value: unknown,
  path: string,
  report: Report,
  { fixed = false, inDays = true }: { readonly fixed?: boolean; readonly inDays?: boolean } = {},
): void {
  const most = inDays ? mostDays : Infinity;
  if (isLength(value)) {
    if (value > most) report(path, `${value} days are too long`, `up to ${most} days`);
    return;
  }
  if (!isEntry(value) || !('cycles' in value || 'fact' in value)) {
    report(
      path,
      `${shown(value)} is no length`,
      fixed ? 'a number of days or { cycles, atLeast, atMost }' : forms,
    );
    return;
  }
  const byFact = 'fact' in value;
  if (byFact && fixed)
    report(path, 'must not depend on a fact here', 'a number of days or { cycles, atLeast, atMost }');
  checkKeys(
    value,
    path,
    [byFact ? 'fact' : 'cycles', ...(byFact ? ['times'] : []), 'atLeast', 'atMost'],
    report,
  );
  if (byFact) checkFact(value['fact'], ['number'], `${path}.fact`, report);
  const limits = { cycles: most, times: mostTimes, atLeast: most, atMost: most };
  for (const [key, limit] of Object.entries(limits)) checkLength(value[key], limit, `${path}.${key}`, report);
  const { atLeast, atMost } = value;
  if (isLength(atLeast) && isLength(atMost) && atLeast > atMost)
    report(`${path}.atLeast`, `${atLeast} is more than atMost`, `up to ${atMost}`);
}

const isLength = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;

function checkLength(value: unknown, most: number, path: string, report: Report): void {
  if (value === undefined) return;
  if (!isLength(value)) report(path, `${shown(value)} is no number from 0 on`);
  else if (value > most) report(path, `${value} is too much`, `up to ${most}`);
}

function checkSameKind(fact: unknown, value: unknown, path: string, report: Report): void {
  if (!isFact(fact)) return;
  const { kind } = catalogue[fact]!;
  if (kind === 'flag' && typeof value !== 'boolean')
    report(path, `${shown(value)} can never be the value of the flag '${fact}'`, 'true, false');
  if (kind === 'text' && typeof value !== 'string')
    report(path, `${shown(value)} can never be the value of the text '${fact}'`);
}
