import type { InputEvent } from '#contracts';
import { Value } from 'typebox/value';
import type { Decision, Moment, Programme } from '../programme.js';
import { couponCodes } from '../codes.js';
import type { Health, Stage, Transition } from '../types.js';

export const day = 86_400_000;
export const at = (iso: string): number => Date.parse(`${iso}T12:00:00Z`);

export const codes = couponCodes('a secret for specs, of thirty-two characters');

export interface Scene {
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly health?: Health;
  readonly stage?: Stage;
  readonly transitions?: readonly Transition[];
  readonly late?: boolean;
}

/** One programme with its settings, by default those of retail@1, and the memory that it keeps from moment to moment. */
export class Trial<Settings, Memory> {
  memory: Memory | undefined;
  private readonly settings: Settings;

  constructor(
    private readonly programme: Programme<Settings, Memory>,
    chosen: object = {},
  ) {
    this.settings = Value.Default(programme.settings, chosen) as Settings;
  }

  event(type: string, when: number, data: unknown = {}, scene: Scene = {}): Decision<Memory> {
    const cause: InputEvent = { id: `e-${when}`, source: '/shop', type, subject: 'ann', at: when, data };
    return this.take({ at: when, cause, causeId: `/shop#e-${when}` }, scene);
  }

  timer(name: string, due: number, scene: Scene = {}): Decision<Memory> {
    const causeId = `timer:${name}@${new Date(due).toISOString()}`;
    return this.take({ at: due, cause: { type: 'timer', name, due }, causeId }, scene);
  }

  private take(moment: Pick<Moment, 'at' | 'cause' | 'causeId'>, scene: Scene): Decision<Memory> {
    const { facts = {}, health = 'well', stage = 'awareness', transitions = [], late = false } = scene;
    const whole: Moment = {
      ...moment,
      customer: 'ann',
      definition: 'retail@1',
      zone: 'Europe/Vienna',
      stage,
      health,
      transitions,
      late,
      code: (couponId) => codes(couponId).code,
      fact: (name) => (name === 'health' ? health : name === 'stage' ? stage : facts[name]),
    };
    const decision = this.programme.decide(whole, this.settings, this.memory);
    if (decision.memory !== undefined) this.memory = JSON.parse(JSON.stringify(decision.memory)) as Memory;
    return decision;
  }
}

/** A change of health by a rule of the definition. */
export function becomes(to: Health, rule: string, from: Health = 'well'): Transition {
  return {
    id: 't',
    region: 'health',
    from,
    to,
    at: 0,
    evidence: { rule, facts: { daysSincePurchase: 33 }, causes: ['c'] },
  };
}
