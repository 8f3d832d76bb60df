import {
  factSpec,
  outlook,
  presentOf,
  type CustomerState,
  type Definition,
  type Prospect,
  type Waiting,
} from '#lifecycle';
import type { MissingStretch } from './recorded-outputs.js';
import type { StoryEntry } from './story.js';

/** What `perennial why CUSTOMER --output json` prints. Times are RFC 3339, in UTC. */
export interface Answer {
  readonly customer: string;
  readonly asOf: string;
  /** Absent where only the log knows the customer. */
  readonly present?: {
    readonly stage: string;
    readonly health: string;
    /** When each was entered; absent in the first one. */
    readonly since: { readonly stage?: string; readonly health?: string };
    /** Of each region, the id of the story's entry that explains it; absent in the first one. */
    readonly because: { readonly stage?: string; readonly health?: string };
    /** Of the definition that decided last. */
    readonly definition: string;
    readonly timers: readonly { readonly name: string; readonly due: string }[];
    /** Actions that may go later. */
    readonly waiting: readonly Told<Waiting>[];
  };
  /** Stretches of the story that the log no longer holds. */
  readonly missing: readonly MissingStretch[];
  readonly story: readonly StoryEntry[];
  /** Every way out of the present stage and health, the nearest first. Absent where the definition is not known. */
  readonly outlook?: readonly Move[];
  /** Unit and definition of every fact that is named above. */
  readonly facts: Readonly<Record<string, { readonly unit: string; readonly definition: string }>>;
}

type Told<It> = Omit<It, 'notBefore' | 'expiresAt'> & {
  readonly notBefore: string;
  readonly expiresAt: string;
};

interface Move extends Omit<Prospect, 'unmet' | 'timer'> {
  readonly timer?: { readonly name: string; readonly due: string };
  readonly unmet: readonly {
    readonly fact: string;
    readonly value?: unknown;
    readonly needs: string;
    readonly words: string;
    readonly byItselfAt?: string;
  }[];
}

export interface Known {
  readonly customer: string;
  /** ms */
  readonly now: number;
  readonly state?: CustomerState;
  /** The one that decided last. */
  readonly definition?: Definition;
  readonly missing: readonly MissingStretch[];
  readonly story: readonly StoryEntry[];
}

const iso = (ms: number) => new Date(ms).toISOString();

export function answerOf({ customer, now, state, definition, missing, story }: Known): Answer {
  const moves = state && definition && outlook(definition, state, now).map(moveOf);
  const names = [
    ...story.flatMap(({ facts }) => Object.keys(facts)),
    ...(moves ?? []).flatMap(({ unmet }) => unmet.map(({ fact }) => fact)),
  ];
  return {
    customer,
    asOf: iso(now),
    ...(state && { present: presentAnswer(state) }),
    missing,
    story,
    ...(moves && { outlook: moves }),
    facts: glossary(names),
  };
}

function presentAnswer(state: CustomerState): NonNullable<Answer['present']> {
  const { stageSince, healthSince, because, waiting } = presentOf(state);
  return {
    stage: state.stage,
    health: state.health,
    since: {
      ...(stageSince !== undefined && { stage: iso(stageSince) }),
      ...(healthSince !== undefined && { health: iso(healthSince) }),
    },
    because: {
      ...(because.stage && { stage: because.stage.id }),
      ...(because.health && { health: because.health.id }),
    },
    definition: state.definition,
    timers: state.timers.map(({ name, due }) => ({ name, due: iso(due) })),
    waiting: waiting.map((it) => ({ ...it, notBefore: iso(it.notBefore), expiresAt: iso(it.expiresAt) })),
  };
}

function moveOf({ unmet, timer, ...prospect }: Prospect): Move {
  return {
    ...prospect,
    ...(timer && { timer: { name: timer.name, due: iso(timer.due) } }),
    unmet: unmet.map(({ fact, value, needs, words, byItselfAt }) => ({
      fact,
      ...(value !== undefined && { value }),
      needs,
      words,
      ...(byItselfAt !== undefined && { byItselfAt: iso(byItselfAt) }),
    })),
  };
}

function glossary(names: readonly string[]): Answer['facts'] {
  const found: Record<string, { unit: string; definition: string }> = {};
  for (const name of [...new Set(names)].sort()) {
    const spec = factSpec(name);
    if (spec) found[name] = { unit: spec.unit, definition: spec.definition };
  }
  return found;
}
