import { actionIdOf } from '../arbiter/action.js';
import type { Stage, Transition } from '../types.js';
import { community } from './community.js';
import { at, day, Trial, type Scene } from './programmes.given.js';

const monday = at('2026-03-02');
const calm = {
  communityMember: false,
  promoter: false,
  detractor: false,
  openCases: 0,
  endedBySupplier: false,
};
const scene = (stage: Stage, facts: Record<string, unknown> = {}): Scene => ({
  stage,
  facts: { ...calm, ...facts },
});
const promoter = scene('commitment', { promoter: true });
const reaches = (to: Stage): readonly Transition[] => [
  { id: 't', region: 'stage', from: 'awareness', to, at: 0, evidence: { rule: 'r', facts: {}, causes: [] } },
];
/** A change of stage, by whatever event. */
const becomes = (ann: Trial<never, unknown>, its: Scene, when = monday) =>
  ann.event('order.completed.v1', when, {}, { ...its, transitions: reaches(its.stage!) });
const trial = (settings = {}) => new Trial(community, settings) as unknown as Trial<never, unknown>;
const rings = (ann: Trial<never, unknown>, name: string, when: number, its: Scene) =>
  ann.timer(`community.${name}`, when, its);
const templates = ({ proposals }: { readonly proposals: readonly { readonly template: string }[] }) =>
  proposals.map(({ template }) => template);

describe('the invitation to the community', () => {
  test.each(['expansion', 'commitment'] as const)('goes out a week after %s was reached', (stage) => {
    const ann = trial();
    expect(becomes(ann, scene(stage)).timers).toEqual({ invitation: monday + 7 * day });
    expect(rings(ann, 'invitation', monday + 7 * day, scene(stage)).proposals).toMatchObject([
      {
        template: 'community.invitation',
        kind: 'message',
        purpose: 'marketing',
        evidence: { facts: { stage, communityMember: false, openCases: 0 } },
        restsOn: { communityMember: false, detractor: false, openCases: 0, endedBySupplier: false },
      },
    ]);
  });
  test('is planned for who was there already when a definition is activated', () => {
    const { timers } = trial().event('definition.activated.v1', monday, {}, scene('expansion'));
    expect(timers).toEqual({ invitation: monday + 7 * day });
  });
  test('goes out once more after a year at the soonest, and then never again', () => {
    const ann = trial();
    const close = scene('expansion');
    becomes(ann, close);
    const first = monday + 7 * day;
    expect(rings(ann, 'invitation', first, close).timers).toEqual({ invitation: first + 365 * day });
    expect(becomes(ann, close, first + 100 * day).timers).toBeUndefined();
    const second = rings(ann, 'invitation', first + 365 * day, close);
    expect(templates(second)).toEqual(['community.invitation']);
    expect(second.timers).toEqual({ invitation: null });
    expect(becomes(ann, close, first + 900 * day)).toEqual({ proposals: [] });
  });
  test.each(['exploration', 'awareness', 'dissolution'] as const)('is not for customers in %s', (stage) => {
    expect(becomes(trial(), scene(stage))).toEqual({ proposals: [] });
  });
  test('is off when the customer joins, or falls back before', () => {
    const joined = scene('expansion', { communityMember: true });
    expect(becomes(trial(), joined)).toEqual({ proposals: [] });
    const ann = trial();
    becomes(ann, scene('expansion'));
    expect(ann.event('community.joined.v1', monday + day, {}, joined).timers).toEqual({ invitation: null });
    const bea = trial();
    becomes(bea, scene('expansion'));
    expect(becomes(bea, scene('awareness'), monday + day).timers).toEqual({ invitation: null });
  });
  test.each([
    ['is a detractor', { detractor: true }],
    ['has an open case', { openCases: 1 }],
  ])('waits a month where the customer %s', (_, facts) => {
    const ann = trial();
    becomes(ann, scene('expansion'));
    const due = monday + 7 * day;
    const silent = rings(ann, 'invitation', due, scene('expansion', facts));
    expect(silent.proposals).toEqual([]);
    expect(silent.timers).toEqual({ invitation: due + 30 * day });
    expect(templates(rings(ann, 'invitation', due + 30 * day, scene('expansion')))).toEqual([
      'community.invitation',
    ]);
  });
  test('is not repeated after a no', () => {
    const ann = trial();
    becomes(ann, scene('expansion'));
    const [asked] = rings(ann, 'invitation', monday + 7 * day, scene('expansion')).proposals;
    const no = { actionId: actionIdOf('ann', 'retail@1', asked!) };
    expect(
      ann.event('offer.declined.v1', monday + 8 * day, { actionId: 'other' }, scene('expansion')),
    ).toEqual({ proposals: [] });
    expect(ann.event('offer.declined.v1', monday + 8 * day, no, scene('expansion')).timers).toEqual({
      invitation: null,
    });
    expect(becomes(ann, scene('expansion'), monday + 400 * day)).toEqual({ proposals: [] });
  });
});

describe('the co-creation panel and contests', () => {
  test('are for committed promoters', () => {
    expect(becomes(trial(), promoter).timers).toMatchObject({
      panel: monday + 14 * day,
      contest: monday + 30 * day,
    });
    const scored = trial().event('survey.answered.v1', monday, {}, promoter);
    expect(Object.keys(scored.timers ?? {})).toEqual(['invitation', 'panel', 'contest']);
    for (const other of [scene('commitment'), scene('expansion', { promoter: true })])
      expect(Object.keys(becomes(trial(), other).timers ?? {})).toEqual(['invitation']);
  });
  test('ask into the panel once, and to a contest every half year', () => {
    const ann = trial();
    becomes(ann, promoter);
    const panel = rings(ann, 'panel', monday + 14 * day, promoter);
    expect(templates(panel)).toEqual(['community.panel']);
    expect(panel.timers).toEqual({ panel: null });
    const contest = rings(ann, 'contest', monday + 30 * day, promoter);
    expect(templates(contest)).toEqual(['community.contest']);
    expect(contest.timers).toEqual({ contest: monday + 210 * day });
    expect(becomes(ann, promoter, monday + 40 * day)).toEqual({ proposals: [] });
  });
  test('do not ask who has just taken part, nor who no longer recommends us', () => {
    const ann = trial();
    becomes(ann, promoter);
    expect(ann.event('contest.entered.v1', monday + day, { contestId: 'c1' }, promoter).timers).toEqual({
      contest: monday + 181 * day,
    });
    const cooled = scene('commitment');
    expect(rings(ann, 'contest', monday + 181 * day, cooled)).toMatchObject({
      proposals: [],
      timers: { contest: null },
    });
    expect(rings(ann, 'panel', monday + 14 * day, cooled).proposals).toEqual([]);
  });
});

describe('a mention in public', () => {
  const mention = (sentiment: string | undefined, its = scene('awareness'), ann = trial(), when = monday) =>
    ann.event(
      'social.mentioned.v1',
      when,
      { network: 'mastodon', url: 'https://social.invalid/1', ...(sentiment && { sentiment }) },
      its,
    );

  test('that is kind is answered by the shop', () => {
    expect(mention('positive').proposals).toMatchObject([
      {
        programme: 'community',
        kind: 'task',
        purpose: 'internal',
        audience: 'shop',
        channels: ['social'],
        template: 'community.mention',
        variables: { network: 'mastodon', sentiment: 'positive', url: 'https://social.invalid/1' },
      },
    ]);
  });
  test('that is angry is recovery, at once, by the support lead, an open case or not', () => {
    for (const its of [
      scene('awareness'),
      scene('dissolution'),
      scene('awareness', { openCases: 1, detractor: true }),
    ])
      expect(mention('negative', its).proposals).toMatchObject([
        {
          programme: 'recovery',
          audience: 'support-lead',
          template: 'recovery.mention',
          priority: 90,
          notBefore: monday,
        },
      ]);
  });
  test('that nobody judged is read by the shop', () => {
    expect(mention(undefined).proposals).toMatchObject([
      { audience: 'shop', variables: { network: 'mastodon' } },
    ]);
  });
  test('that is neither here nor there is left alone, like a kind one amid a case and any that is told late', () => {
    expect(mention('neutral').proposals).toEqual([]);
    expect(mention('positive', scene('awareness', { openCases: 1 })).proposals).toEqual([]);
    for (const sentiment of ['positive', 'negative'])
      expect(mention(sentiment, { ...scene('awareness'), late: true }).proposals).toEqual([]);
  });
  test('is not answered again within a week, an angry one within a day', () => {
    const ann = trial();
    const count = (sentiment: string, hours: number) =>
      mention(sentiment, scene('awareness'), ann, monday + (hours * day) / 24).proposals.length;
    expect([0, 1, 23, 24].map((hours) => count('negative', hours))).toEqual([1, 0, 0, 1]);
    expect([0, 24, 167, 168].map((hours) => count('positive', hours))).toEqual([1, 0, 0, 1]);
  });
});

describe('an entry to a contest', () => {
  const enters = (ann: Trial<never, unknown>, contestId: string, its = scene('awareness'), when = monday) =>
    ann.event('contest.entered.v1', when, { contestId }, its);

  test('is thanked for, once for each contest', () => {
    const ann = trial();
    expect(enters(ann, 'c1').proposals).toMatchObject([
      { template: 'community.entry', purpose: 'service', variables: { contestId: 'c1' } },
    ]);
    expect(enters(ann, 'c1').proposals).toEqual([]);
    expect(templates(enters(ann, 'c2'))).toEqual(['community.entry']);
  });
  test.each([
    ['while a case is open', scene('awareness', { openCases: 1 })],
    ['after the end', scene('dissolution')],
    ['when it is told late', { ...scene('awareness'), late: true }],
  ])('is not thanked for %s', (_, its) => {
    expect(enters(trial(), 'c1', its).proposals).toEqual([]);
  });
});

test('its memory stays small', () => {
  const ann = trial();
  for (let n = 0; n < 500; n++) {
    const when = monday + n * day;
    becomes(ann, promoter, when);
    for (const name of ['invitation', 'panel', 'contest']) rings(ann, name, when, promoter);
    ann.event('contest.entered.v1', when, { contestId: `contest-${n}` }, promoter);
    ann.event(
      'social.mentioned.v1',
      when,
      { network: 'x', sentiment: n % 2 ? 'positive' : 'negative' },
      promoter,
    );
  }
  expect(JSON.stringify(ann.memory).length).toBeLessThan(700);
});
