import type { EventLog } from '#pipeline';
import { topicSpecs } from '#contracts';
import { lifecycle } from './definition.js';
import { isOfLedger } from './ledger.js';
import { outcomeOf, type Decided } from './outcome.js';
import { endOf, eventsOf, stories, type Story } from './story.js';
import { tellEngine, type Backends } from './tell-engine.js';
import { tellPurely } from './tell-purely.js';

const lastEnd = Math.max(...stories.map(endOf));
/** Everybody's year in one world, as a running engine has it. */
const together = () =>
  tellPurely(
    lifecycle,
    stories.flatMap(eventsOf).sort((a, b) => a.at - b.at),
    lastEnd,
  );

/** A story's outcome under advance() alone. */
export const purely = (story: Story): string[] =>
  outcomeIn(story, tellPurely(lifecycle, eventsOf(story), endOf(story)).decided);

export interface Published {
  /** By the story's title. */
  readonly outcomes: ReadonlyMap<string, string[]>;
  /** How many actions and suppressions there are in all. */
  readonly actions: number;
}

/** What one running engine publishes of every story. */
export async function throughEngine(backends: Backends & { readonly log: EventLog }): Promise<Published> {
  const { log, prefix, partitions } = backends;
  await log.createTopics(topicSpecs(prefix, partitions));
  const decided = await tellEngine(lifecycle, together().instants, backends);
  return {
    outcomes: new Map(stories.map((story) => [story.title, outcomeIn(story, decided)])),
    actions: decided.filter(({ text }) => !/^(stage|health) /.test(text) && !isOfLedger(text)).length,
  };
}

function outcomeIn(story: Story, decided: readonly Decided[]): string[] {
  const told = new Set(eventsOf(story).map(({ subject }) => subject));
  const end = endOf(story);
  return outcomeOf(
    decided.filter(
      ({ customer, at, text }) =>
        told.has(customer) && at <= end && (story.ledger === true || !isOfLedger(text)),
    ),
    story.customer,
    story.zone,
  );
}
