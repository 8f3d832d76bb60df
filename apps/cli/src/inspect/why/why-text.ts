import { printable } from '../../output.js';
import type { Answer } from './answer.js';
import type { StoryEntry } from './story.js';

/** The answer as people read it. */
export function whyText(answer: Answer): string {
  const sections = [
    heading(answer),
    missing(answer),
    titled('What happened (times in UTC)', answer.story.flatMap(entryLines)),
    titled('What waits', waiting(answer)),
    titled('What would move this customer', moves(answer)),
    titled(
      'Facts named here',
      Object.entries(answer.facts).map(
        ([name, { unit, definition }]) => `  ${name} (${unit}): ${definition}`,
      ),
    ),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map(printable).join('\n'))
    .join('\n\n')}\n`;
}

const titled = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : [title, ...lines]);
const minute = (time: string) => time.slice(0, 16).replace('T', ' ');
const date = (time: string) => time.slice(0, 10);

function heading({ customer, asOf, present, story }: Answer): string[] {
  if (!present)
    return [`${customer}: the store does not know this customer; this is what the log holds of it.`];
  const { stage, health, since, because, definition } = present;
  const why = (region: 'stage' | 'health', value: string) => {
    const entry = story.find(({ id }) => id === because[region]);
    const from = since[region];
    return [
      `  ${region} ${value}${from === undefined ? ', as everyone begins' : ` since ${date(from)}`}`,
      ...(entry
        ? [`: ${ruleWords(entry)}`]
        : from === undefined
          ? []
          : [': decided before reasons were kept']),
    ].join('');
  };
  return [
    `${customer}: ${stage}, ${health} (${definition}), as of ${minute(asOf)}`,
    why('stage', stage),
    why('health', health),
  ];
}

function missing({ missing }: Answer): string[] {
  return missing.map(({ topic, partition, offset, until }) => {
    const when = until === undefined ? 'up to now' : `before ${minute(until)}`;
    return `Missing: what was published ${when} is no longer in ${topic} (partition ${partition}, offsets below ${offset}).`;
  });
}

const ruleWords = ({ rule, description }: StoryEntry) =>
  description === undefined ? `by ${rule}` : `by ${rule}: ${description}`;

const passing = (possibleAt: string | undefined) =>
  possibleAt === undefined
    ? 'It could not have passed later.'
    : `It could have passed on ${minute(possibleAt)}.`;

function entryLines(entry: StoryEntry): string[] {
  const { at, decidedAt, what, definition, because, possibleAt, factsInWords, causes, from } = entry;
  const detail = (line: string) => `${' '.repeat(20)}${line}`;
  return [
    `  ${minute(at)}  ${what}`,
    detail(`${ruleWords(entry)} (${definition}${from === 'store' ? ', kept in the store' : ''})`),
    ...(because === undefined ? [] : [detail(`${because} ${passing(possibleAt)}`)]),
    ...(factsInWords.length === 0 ? [] : [detail(`facts: ${factsInWords.join('; ')}`)]),
    ...(causes.length === 0 ? [] : [detail(`caused by ${causes.join(', ')}`)]),
    ...(decidedAt === undefined || date(decidedAt) === date(at)
      ? []
      : [detail(`decided ${minute(decidedAt)}`)]),
  ];
}

function waiting({ present }: Answer): string[] {
  return (present?.waiting ?? []).map(
    ({ programme, kind, template, notBefore, expiresAt }) =>
      `  ${programme}: ${kind} '${template}', from ${minute(notBefore)} to ${minute(expiresAt)}`,
  );
}

function moves({ present, outlook }: Answer): string[] {
  if (!present) return [];
  if (!outlook) return [`  The store does not hold ${present.definition}, so nothing can be said of it.`];
  return (['stage', 'health'] as const).flatMap((region) => {
    const lines = outlook.filter((move) => move.region === region).flatMap(moveLines);
    return [`  ${region}, from ${present[region]}`, ...(lines.length === 0 ? ['    nothing'] : lines)];
  });
}

function moveLines({
  to,
  rule,
  description,
  awaits,
  unmet,
}: NonNullable<Answer['outlook']>[number]): string[] {
  return [
    `    to ${to} by ${rule}: ${description}`,
    ...unmet.map(
      ({ words, byItselfAt }) =>
        `        - ${words}${byItselfAt === undefined ? '' : ` (so from ${date(byItselfAt)} on, by time alone)`}`,
    ),
    `        ${unmet.length === 0 ? 'comes' : 'then comes'} with ${awaits}`,
  ];
}
