import { factInWords, factSpec, reasonInWords, rulesOf, valueInWords, type Transition } from '#lifecycle';
import type { DefinitionBook } from '../definition-book.js';
import type { RecordedOutput } from './recorded-outputs.js';
import { sentenceOf } from './sentence.js';

/** One thing that was decided about a customer, with what it rests on. Times are RFC 3339. */
export interface StoryEntry {
  /** Event time of a transition or a ledger entry; of an action, the time from which it was wished for. */
  readonly at: string;
  /** By the recorded clock, where that is another time. */
  readonly decidedAt?: string;
  readonly kind: 'transition' | 'migration' | 'requested' | 'suppressed' | 'ledger';
  /** In one sentence. */
  readonly what: string;
  readonly rule: string;
  /** The rule in the words of the definition that decided; absent for a programme's rule, and where that definition is not known. */
  readonly description?: string;
  readonly definition: string;
  /** Of what was suppressed: the contact policy's rule and its sentence, and when it could have passed; absent where never. */
  readonly reason?: string;
  readonly because?: string;
  readonly possibleAt?: string;
  /** What the rule read; a person's name or birthday is left out. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** The same with units. */
  readonly factsInWords: readonly string[];
  /** `source#id` of events, `timer:NAME@DUE` of timers. */
  readonly causes: readonly string[];
  readonly id: string;
  readonly type: string;
  /** `store`: the log no longer holds it, the customer's state does. */
  readonly from: 'log' | 'store';
}

type Because = Transition & { readonly definition: string };

/**
 * Everything that was decided, in one order of time. The last transition of each region comes from the customer's state
 * where the log no longer has it.
 */
export async function storyOf(
  outputs: readonly RecordedOutput[],
  because: readonly Because[],
  book: DefinitionBook,
): Promise<readonly StoryEntry[]> {
  const told = new Set(outputs.map(({ id }) => id));
  const kept = because.filter(({ id }) => !told.has(id)).map(outputOf);
  const entries = [
    ...outputs.map((output) => entryOf(output, 'log', book)),
    ...kept.map((output) => entryOf(output, 'store', book)),
  ];
  return (await Promise.all(entries)).sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

const outputOf = ({ id, region, from, to, at, definition, evidence }: Because): RecordedOutput => ({
  id,
  type: `${region}.changed.v1`,
  time: new Date(at).toISOString(),
  data: { from, to, definition, ...evidence },
});

async function entryOf(
  { id, type, time, data }: RecordedOutput,
  from: StoryEntry['from'],
  book: DefinitionBook,
): Promise<StoryEntry> {
  const { rule, definition } = data as { readonly rule: string; readonly definition: string };
  const kind = kindOf(type);
  const wished = data['notBefore'];
  const at = typeof wished === 'string' && Date.parse(wished) < Date.parse(time) ? wished : time;
  const facts = shownFacts(data['facts']);
  const description = kind === 'transition' ? await descriptionOf(type, data, book) : undefined;
  return {
    at,
    ...(at !== time && { decidedAt: time }),
    kind,
    what: sentenceOf(kind, type, data),
    rule,
    ...(description !== undefined && { description }),
    definition,
    ...(kind === 'suppressed' && suppression(data)),
    facts,
    factsInWords: Object.entries(facts).map(
      ([name, value]) => `${factInWords(name)}: ${valueInWords(name, value, Date.parse(at))}`,
    ),
    causes: (data['causes'] ?? []) as readonly string[],
    id,
    type,
    from,
  };
}

function kindOf(type: string): StoryEntry['kind'] {
  if (type === 'stage.changed.v1' || type === 'health.changed.v1') return 'transition';
  if (type === 'definition.changed.v1') return 'migration';
  if (type === 'action.requested.v1') return 'requested';
  return type === 'action.suppressed.v1' ? 'suppressed' : 'ledger';
}

function suppression({ reason, possibleAt }: RecordedOutput['data']) {
  return {
    reason: String(reason),
    because: reasonInWords(String(reason)),
    ...(typeof possibleAt === 'string' && { possibleAt }),
  };
}

const shownFacts = (facts: unknown): StoryEntry['facts'] =>
  Object.fromEntries(Object.entries(facts ?? {}).filter(([name]) => !factSpec(name)?.personal));

async function descriptionOf(
  type: string,
  { definition, rule, from, to }: RecordedOutput['data'],
  book: DefinitionBook,
): Promise<string | undefined> {
  const decided = await book(String(definition));
  const region = type.slice(0, type.indexOf('.'));
  return (
    decided &&
    rulesOf(decided).find(
      (it) => it.region === region && it.from === from && it.to === to && it.rule === rule,
    )?.description
  );
}
