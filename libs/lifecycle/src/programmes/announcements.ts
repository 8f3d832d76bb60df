import type { DataOf, FactName } from '#contracts';
import { Type, type Static } from 'typebox';
import { actionIdOf } from '../arbiter/action.js';
import { nothing, type Moment, type Programme, type Proposal } from '../programme.js';
import { eventOf, readFacts } from './reading.js';
import { channelOrder, priority } from './settings.js';

const settings = Type.Object(
  { priority: priority(20), channels: channelOrder('email', 'push') },
  { additionalProperties: false, default: {} },
);

export type AnnouncementsSettings = Static<typeof settings>;

/** The announcement put forward last: its action, when it was published and until when it holds, ms. */
export interface AnnouncementsMemory {
  readonly actionId: string;
  readonly publishedAt: number;
  readonly until: number;
}

type Announcement = DataOf<'announcement.published.v1'>;

/** Which fact each part of a segment is about. */
const parts = {
  stages: 'stage',
  healths: 'health',
  tiers: 'tier',
  relationshipTypes: 'relationshipType',
} as const satisfies Record<keyof NonNullable<Announcement['segment']>, FactName>;

/**
 * Takes news to the customers whose facts they match, as marketing. One at a time: what is still waiting gives way to newer
 * news.
 */
export const announcements: Programme<AnnouncementsSettings, AnnouncementsMemory> = {
  name: 'announcements',
  settings,
  hears: ['announcement.published.v1'],
  decide(moment, chosen, memory) {
    const event = eventOf(moment);
    if (event?.type !== 'announcement.published.v1') return nothing;
    if (memory && memory.publishedAt > moment.at) return nothing;
    const until = Date.parse(event.data.validUntil);
    const matched = until > moment.at ? match(moment, event.data) : undefined;
    if (!matched) return nothing;
    const proposal = told(moment, event.data, matched, chosen);
    const actionId = actionIdOf(moment.customer, moment.definition, proposal);
    return {
      proposals: [proposal],
      ...(memory && memory.until > moment.at && { withdraws: [memory.actionId] }),
      memory: { actionId, publishedAt: moment.at, until },
    };
  },
};

/** The categories that the customer bought in, of those that it is about; undefined where it is not for this customer. */
function match({ fact }: Moment, { categories, segment = {} }: Announcement): readonly string[] | undefined {
  for (const part of Object.keys(parts) as (keyof typeof parts)[]) {
    const wanted: readonly string[] | undefined = segment[part];
    if (wanted && !wanted.includes(String(fact(parts[part])))) return undefined;
  }
  if (!categories) return [];
  const own = (fact('categories') ?? []) as readonly string[];
  const shared = categories.filter((category) => own.includes(category));
  return shared.length > 0 ? shared : undefined;
}

function told(
  moment: Moment,
  { announcementId, kind, template, title, segment = {}, validFrom, validUntil, variables }: Announcement,
  categories: readonly string[],
  { priority, channels }: AnnouncementsSettings,
): Proposal {
  const named = (Object.keys(parts) as (keyof typeof parts)[]).filter((part) => segment[part]);
  const standing = readFacts(moment, ...named.map((part) => parts[part]));
  return {
    slot: announcementId,
    programme: 'announcements',
    kind: 'message',
    purpose: 'marketing',
    channels,
    audience: 'customer',
    template,
    variables: { ...variables, announcementId, kind, categories, ...(title !== undefined && { title }) },
    priority,
    notBefore: Math.max(moment.at, validFrom === undefined ? 0 : Date.parse(validFrom)),
    expiresAt: Date.parse(validUntil),
    evidence: {
      rule: `announcements.${kind}`,
      facts: { ...standing, categories, announcementId },
      causes: [moment.causeId],
    },
    restsOn: { ...standing, ...readFacts(moment, 'endedBySupplier') },
  };
}
