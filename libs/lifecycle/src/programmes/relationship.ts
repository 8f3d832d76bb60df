import { nothing, type Moment, type Programme, type Proposal } from '../programme.js';
import { hasManager } from './key-account-work.js';
import { daysAfter, lastedSince, readFacts } from './reading.js';
import { relationshipSettings, type RelationshipSettings } from './relationship-settings.js';
import { isWorth } from './worth.js';

type Suggestion = RelationshipSettings['suggestions'][number];

/** When each type was last suggested, ms. */
export type RelationshipMemory = Readonly<Partial<Record<Suggestion['to'], number>>>;

/**
 * Asks staff to consider another type of relationship; only people set it. Its settings also say how customers of each type
 * are reached, see `addressing.ts`.
 */
export const relationship: Programme<RelationshipSettings, RelationshipMemory> = {
  name: 'relationship',
  settings: relationshipSettings,
  hears: ['stage.changed', 'community.joined.v1'],
  decide(moment, settings, memory = {}) {
    const found = moment.late ? undefined : settings.suggestions.find((one) => fits(moment, one));
    if (!found || !lastedSince(memory[found.to], settings.everyDays, moment.at)) return nothing;
    return { proposals: [suggest(moment, settings, found.to)], memory: { ...memory, [found.to]: moment.at } };
  },
};

function fits(moment: Moment, { to, from, stages, worth, member }: Suggestion): boolean {
  const type = (moment.fact('relationshipType') ?? 'none') as Suggestion['from'][number];
  if (type === to || !from.includes(type)) return false;
  if (moment.stage === 'dissolution' || (stages && !stages.includes(moment.stage))) return false;
  return (!member || moment.fact('communityMember') === true) && (worth === 0 || isWorth(moment, worth));
}

function suggest(moment: Moment, settings: RelationshipSettings, to: Suggestion['to']): Proposal {
  const facts = readFacts(moment, 'relationshipType', 'stage', 'communityMember', 'accountManager');
  return {
    slot: to,
    programme: 'relationship',
    kind: 'task',
    purpose: 'internal',
    audience: hasManager(moment) ? 'account-manager' : 'sales',
    channels: ['in-app'],
    template: 'relationship.suggestion',
    variables: { from: facts['relationshipType'], to },
    priority: settings.priority,
    notBefore: moment.at,
    expiresAt: daysAfter(moment, settings.validDays),
    evidence: { rule: `relationship.${to}`, facts, causes: [moment.causeId] },
    restsOn: readFacts(moment, 'relationshipType', 'endedBySupplier'),
  };
}
