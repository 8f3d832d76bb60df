import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingRows } from '#lifecycle';
import { templates } from './templates.js';

const root = join(import.meta.dirname, '../../../..');
const filesOf = (folder: string, wanted: RegExp): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => wanted.test(name))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'));
const found = (texts: readonly string[], pattern: RegExp): string[] =>
  texts.flatMap((text) => [...text.matchAll(pattern)].map(([, name]) => name!));

const stories = filesOf('test/stories/told', /\.yaml$/);
const sources = filesOf('libs/lifecycle/src/programmes', /(?<!\.spec|\.given)\.ts$/);
const name = `(?:${[...settingRows().keys()].join('|')})\\.[a-z.-]+`;

const toStaff = [
  'follow-up.first-call',
  'win-back.call',
  'supplier.review',
  'community.mention',
  'recovery.mention',
  'relationship.suggestion',
];

/** Asked for by a story, whole in a programme's source, or the second half of it in a call that says it to a customer. */
function proposed(): string[] {
  const mailed = found(stories, new RegExp(`:\\d\\d (?:[a-z-]+: )?(?:email|push|sms|post) (${name})`, 'g'));
  const whole = found(sources, new RegExp(`(?<!rule)(?:: |settings, )'(${name})'`, 'g'));
  const called = (programme: string, files: RegExp) =>
    found(
      filesOf('libs/lifecycle/src/programmes', files),
      /(?<!function )\b(?:tell|toCustomer)\([^']*'([a-z-]+)'/g,
    ).map((half) => `${programme}.${half}`);
  const halves = [
    ...called('loyalty', /^loyalty\/(?!.*(spec|given))/),
    ...called('recovery', /^recovery(?!.*spec)/),
    ...called('supplier', /^supplier(?!.*spec)/),
  ];
  const all = new Set([...mailed, ...whole, ...halves]);
  return [...all].flatMap((one) => {
    if (one.startsWith('announcements.') || toStaff.includes(one)) return [];
    if (one.startsWith('surveys.')) return [one, `${one}.reminder`];
    return one.startsWith('dates.') ? [one, one.replace('card', 'gift')] : [one];
  });
}

it('there is a text for every template that a programme proposes to customers, and for no other', () => {
  expect(Object.keys(templates).sort()).toEqual([...new Set(proposed())].sort());
});

it('names are put together in these places only; a new one needs a look at its texts', () => {
  expect(found(sources, /template: `(.*)`/g).sort()).toEqual([
    'community.${name}',
    'dates.${name}.${what}',
    'key-account.${what}',
    'liaison.${what}',
    'loyalty.${what}',
    'opportunity.${what}',
    'recovery.${what}',
    'supplier.${what}',
  ]);
});
