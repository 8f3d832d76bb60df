import type { FactName, FactSpec } from '#contracts';
import { day } from '../facts/calendar.js';
import { readers, type Reading } from '../facts/read.js';
import { daysOf, type Duration } from './duration.js';

/** A guard as a definition writes it. */
export interface GuardRef {
  readonly type: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

/** Whether a guard holds for one customer at one moment. */
export type Test = (reading: Reading) => boolean;

type Kind = FactSpec['kind'];
export type ParamKind =
  | { readonly is: 'fact'; readonly of: readonly Kind[] }
  | { readonly is: 'duration' }
  | { readonly is: 'value' }
  | { readonly is: 'text' }
  | { readonly is: 'guard' }
  | { readonly is: 'guards' };

interface GuardKind {
  readonly params: Readonly<Record<string, ParamKind>>;
  /** Params are checked before: a definition is refused where they do not fit. */
  compile(params: never, cycle: number): Test;
}

const fact = (...of: readonly Kind[]): ParamKind => ({ is: 'fact', of });
const duration: ParamKind = { is: 'duration' };

type Compared = { readonly fact: FactName; readonly value: Duration };

const compares =
  (holds: (fact: number, value: number) => boolean) =>
  ({ fact, value }: Compared, cycle: number): Test => {
    const read = readers[fact];
    const bound = daysOf(value, cycle);
    return (reading) => {
      const known = read(reading);
      if (typeof known !== 'number') return false;
      const against = bound(reading);
      return against !== undefined && holds(known, against);
    };
  };

/** The guards that a definition may name. Where a fact is unknown a guard does not hold. */
export const guardKinds = {
  atLeast: {
    params: { fact: fact('number'), value: duration },
    compile: compares((known, value) => known >= value),
  },
  atMost: {
    params: { fact: fact('number'), value: duration },
    compile: compares((known, value) => known <= value),
  },
  is: {
    params: { fact: fact('flag', 'text'), value: { is: 'value' } },
    compile: ({ fact, value }: { readonly fact: FactName; readonly value: unknown }): Test => {
      const read = readers[fact];
      return (reading) => read(reading) === value;
    },
  },
  has: {
    params: { fact: fact('list'), value: { is: 'text' } },
    compile: ({ fact, value }: { readonly fact: FactName; readonly value: string }): Test => {
      const read = readers[fact];
      return (reading) => (read(reading) as readonly string[] | undefined)?.includes(value) === true;
    },
  },
  within: {
    params: { fact: fact('time'), days: duration },
    compile: aged((silence, days) => silence <= days),
  },
  olderThan: {
    params: { fact: fact('time'), days: duration },
    compile: aged((silence, days) => silence >= days),
  },
  after: {
    params: { fact: fact('time'), than: fact('time') },
    compile: ({ fact, than }: { readonly fact: FactName; readonly than: FactName }): Test => {
      const [read, readThan] = [readers[fact], readers[than]];
      return (reading) => {
        const known = read(reading);
        if (typeof known !== 'number') return false;
        const other = readThan(reading);
        return typeof other !== 'number' || known > other;
      };
    },
  },
  and: {
    params: { guards: { is: 'guards' } },
    compile: ({ guards }: { readonly guards: readonly GuardRef[] }, cycle: number): Test => {
      const tests = guards.map((guard) => compileGuard(guard, cycle));
      return tests.reduceRight<Test>(
        (rest, test) => (it) => test(it) && rest(it),
        () => true,
      );
    },
  },
  or: {
    params: { guards: { is: 'guards' } },
    compile: ({ guards }: { readonly guards: readonly GuardRef[] }, cycle: number): Test => {
      const tests = guards.map((guard) => compileGuard(guard, cycle));
      return tests.reduceRight<Test>(
        (rest, test) => (it) => test(it) || rest(it),
        () => false,
      );
    },
  },
  not: {
    params: { guard: { is: 'guard' } },
    compile: ({ guard }: { readonly guard: GuardRef }, cycle: number): Test => {
      const test = compileGuard(guard, cycle);
      return (reading) => !test(reading);
    },
  },
} satisfies Record<string, GuardKind>;

export type GuardName = keyof typeof guardKinds;
export const isGuard = (name: unknown): name is GuardName =>
  typeof name === 'string' && Object.hasOwn(guardKinds, name);

/** @throws RangeError for a guard of no known kind; a loaded definition has none. */
export function compileGuard(guard: GuardRef, cycle: number): Test {
  if (!isGuard(guard.type)) throw new RangeError(`there is no guard '${guard.type}'`);
  const kind: GuardKind = guardKinds[guard.type];
  return kind.compile((guard.params ?? {}) as never, cycle);
}

/** Names of the facts that a guard reads, in order of first mention. */
export function factsOfGuard(guard: GuardRef): readonly FactName[] {
  const names = new Set<FactName>();
  const visit = ({ type, params = {} }: GuardRef) => {
    if (!isGuard(type)) return;
    for (const [name, kind] of Object.entries<ParamKind>(guardKinds[type].params)) {
      const value = params[name];
      if (kind.is === 'fact') names.add(value as FactName);
      else if (kind.is === 'guard') visit(value as GuardRef);
      else if (kind.is === 'guards') (value as readonly GuardRef[]).forEach(visit);
      else if (kind.is === 'duration' && typeof value === 'object' && value !== null && 'fact' in value)
        names.add(value.fact as FactName);
    }
  };
  visit(guard);
  return [...names];
}

function aged(holds: (silence: number, days: number) => boolean) {
  return ({ fact, days }: { readonly fact: FactName; readonly days: Duration }, cycle: number): Test => {
    const read = readers[fact];
    const length = daysOf(days, cycle);
    return (reading) => {
      const known = read(reading);
      if (typeof known !== 'number' || known > reading.at) return false;
      const against = length(reading);
      return against !== undefined && holds((reading.at - known) / day, against);
    };
  };
}
