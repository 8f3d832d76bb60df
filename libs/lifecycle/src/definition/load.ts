import { createHash } from 'node:crypto';
import type { FactName } from '#contracts';
import { Value } from 'typebox/value';
import { parse } from 'yaml';
import { contactPolicySchema, type ContactPolicy } from '../arbiter/index.js';
import { calendar } from '../facts/calendar.js';
import { programmes } from '../programmes/index.js';
import type { Definition, MachineConfig } from './definition.js';
import { fixedDays, type Duration } from './duration.js';

interface Document {
  readonly name: string;
  readonly version: number;
  readonly zone: string;
  readonly cycle: number;
  readonly overdueFloor: number;
  readonly windows: Readonly<
    Record<'purchases' | 'returns' | 'recent', Exclude<Duration, { readonly fact: FactName }>>
  >;
  readonly timers: Readonly<Record<string, { readonly since: FactName; readonly days: Duration }>>;
  readonly machine: MachineConfig;
  readonly programmes: Readonly<Record<string, unknown>>;
  readonly contactPolicy?: unknown;
}

/** Reads a definition. Pure: the same text gives the same definition. */
export function loadDefinition(source: string): Definition {
  const document = parse(source) as Document;
  const { name, version, zone, cycle, overdueFloor, windows, timers, machine } = document;
  const days = (of: keyof Document['windows']) => Math.round(fixedDays(windows[of], cycle));
  return {
    name,
    version,
    hash: createHash('sha256').update(canonical(document)).digest('hex'),
    source,
    settings: {
      calendar: calendar(zone),
      cycle,
      overdueFloor,
      windows: { purchases: days('purchases'), returns: days('returns'), recent: days('recent') },
    },
    timers: Object.entries(timers).map(([timer, rule]) => ({ name: timer, ...rule })),
    machine,
    programmes: programmes
      .filter((programme) => Object.hasOwn(document.programmes, programme.name))
      .map((programme) => ({
        programme,
        settings: Value.Default(programme.settings, structuredClone(document.programmes[programme.name])),
      })),
    contactPolicy: Value.Default(
      contactPolicySchema,
      structuredClone(document.contactPolicy ?? {}),
    ) as ContactPolicy,
  };
}

/** JSON with keys in order, so that layout and comments of the YAML do not matter. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, it: unknown) =>
    it !== null && typeof it === 'object' && !Array.isArray(it)
      ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1)))
      : it,
  );
}
