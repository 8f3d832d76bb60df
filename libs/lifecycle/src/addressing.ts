import { mayBeCalled } from './phone.js';
import type { FactReader, Proposal } from './programme.js';
import type { RelationshipSettings, Way } from './programmes/relationship-settings.js';

/** Gives a proposal the channels and the audience that fit the customer's type of relationship. */
export type Addressing = (proposal: Proposal, fact: FactReader) => Proposal;

interface Entry {
  readonly programme: { readonly name: string };
  readonly settings: unknown;
}

/** By the table of the programme `relationship`; undefined where the definition does not name it. */
export function compileAddressing(programmes: readonly Entry[]): Addressing | undefined {
  const entry = programmes.find(({ programme }) => programme.name === 'relationship');
  if (!entry) return undefined;
  const { ways } = entry.settings as RelationshipSettings;
  return (proposal, fact) => {
    const type = fact('relationshipType');
    if (typeof type !== 'string' || !Object.hasOwn(ways, type)) return proposal;
    const way = ways[type as keyof typeof ways];
    const turned = asCall(proposal, way, fact) ?? onOtherChannels(proposal, way);
    if (turned === proposal) return proposal;
    const { evidence } = proposal;
    return { ...turned, evidence: { ...evidence, facts: { ...evidence.facts, relationshipType: type } } };
  };
}

/** Never promotion nor a survey: those need an opt-in that a call by staff would go round. */
function asCall(proposal: Proposal, { calls }: Way, fact: FactReader): Proposal | undefined {
  if (!calls || proposal.audience !== 'customer') return undefined;
  if (proposal.kind !== 'message' || proposal.purpose !== 'service') return undefined;
  if (calls.programmes && !calls.programmes.includes(proposal.programme)) return undefined;
  if (calls.audience === 'account-manager' && typeof fact('accountManager') !== 'string') return undefined;
  if (!mayBeCalled(fact, 'service')) return undefined;
  return { ...proposal, kind: 'task', purpose: 'internal', audience: calls.audience, channels: ['phone'] };
}

function onOtherChannels(proposal: Proposal, { never, prefer }: Way): Proposal {
  const { channels } = proposal;
  const left = channels.filter((channel) => !never.includes(channel));
  const first = prefer.filter((channel) => left.includes(channel));
  const ordered = [...first, ...left.filter((channel) => !first.includes(channel))];
  const chosen = ordered.length > 0 ? ordered : prefer;
  const same = chosen.length === channels.length && chosen.every((channel, i) => channel === channels[i]);
  return same || chosen.length === 0 ? proposal : { ...proposal, channels: chosen };
}
