import { facts as catalogue, type FactName } from '#contracts';
import { readers, type Reading } from './facts/read.js';
import type { Evidence } from './types.js';

const mostBytes = 8_192;
const size = (facts: unknown) => Buffer.byteLength(JSON.stringify(facts));

/** Surely no more than so many bytes as JSON: a character takes at most 6. Whatever holds others is not looked into. */
function isSmall(facts: Evidence['facts']): boolean {
  let bytes = 2;
  for (const name in facts) {
    const value = facts[name];
    if (typeof value === 'string') bytes += 6 * value.length;
    else if (typeof value === 'object' && value !== null) return false;
    bytes += 6 * name.length + 32;
  }
  return bytes <= mostBytes;
}

/** The facts that a rule read, with their values; unknown ones are null, those that name a person are left out. */
export function evidenceOf(
  rule: string,
  names: readonly FactName[],
  reading: Reading,
  causes: readonly string[],
): Evidence {
  const facts: Record<string, unknown> = {};
  for (const name of names)
    if (!('personal' in catalogue[name])) facts[name] = readers[name](reading) ?? null;
  return bounded({ rule, facts, causes });
}

/** At most 8 KB of facts: the largest go first, and their names are said under `cut`. */
export function bounded(evidence: Evidence): Evidence {
  if (isSmall(evidence.facts) || size(evidence.facts) <= mostBytes) return evidence;
  const kept = Object.entries(evidence.facts).sort(([, a], [, b]) => size(a) - size(b));
  const cut: string[] = [];
  const facts = () => ({ ...Object.fromEntries(kept), cut });
  while (kept.length > 0 && size(facts()) > mostBytes) cut.push(kept.pop()![0]);
  return { ...evidence, facts: facts() };
}
