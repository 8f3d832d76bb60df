import type { FactName } from '#contracts';
import type { ContactPolicy } from '../arbiter/index.js';
import type { ReadSettings } from '../facts/read.js';
import type { Programme } from '../programme.js';
import type { Stage, Health } from '../types.js';
import type { Migration } from './check-migration.js';
import type { Outlay } from './costs.js';
import type { Duration } from './duration.js';
import type { GuardRef } from './guards.js';

/** A transition as a definition writes it; `meta.rule` names it in evidence. */
export interface TransitionRef {
  readonly target: string;
  readonly guard?: GuardRef;
  readonly description: string;
  readonly meta: { readonly rule: string };
}

export type Transitions = Readonly<Record<string, TransitionRef | readonly TransitionRef[]>>;

export interface RegionConfig<State extends string = string> {
  readonly initial: State;
  readonly description?: string;
  readonly states: Readonly<Record<State, { readonly description?: string; readonly on?: Transitions }>>;
}

/** An XState machine config, of which only `on` with guards and targets may be used. */
export interface MachineConfig {
  readonly id: string;
  readonly type: 'parallel';
  readonly description?: string;
  readonly states: { readonly stage: RegionConfig<Stage>; readonly health: RegionConfig<Health> };
}

/** A timer that stands wherever facts put it: at a time, or so many days after one. */
export interface TimerRule {
  readonly name: string;
  readonly since: FactName;
  readonly days: Duration;
}

/** A checked definition. `hash` is the sha-256 of its content, whatever the YAML's comments and layout. */
export interface Definition extends Outlay {
  readonly name: string;
  readonly version: number;
  readonly hash: string;
  /** The YAML text. */
  readonly source: string;
  readonly settings: ReadSettings;
  readonly timers: readonly TimerRule[];
  readonly machine: MachineConfig;
  readonly programmes: readonly {
    readonly programme: Programme<unknown, unknown>;
    readonly settings: unknown;
  }[];
  readonly contactPolicy: ContactPolicy;
  readonly migration: Migration;
}
