import { parse, stringify } from 'yaml';
import { retailSource } from '../customer.given.js';
import { loadDefinition } from '../definition/load.js';
import { diffDefinitions } from './diff.js';

type Json = Record<string, unknown>;
const at = (document: Json, path: string): Json =>
  path.split('/').reduce((it, key) => it[key] as Json, document);
const stageOf = (state: string) => `machine/states/stage/states/${state}/on`;

const document = (): Json => ({
  ...(parse(retailSource) as Json),
  programmes: { 'follow-up': {}, 'win-back': {} },
  contactPolicy: {},
});
const loaded = (it: Json) => loadDefinition(stringify(it, { aliasDuplicateObjects: false }));
const base = loaded(document());

function changed(change: (document: Json) => void) {
  const it = document();
  change(it);
  return loaded(it);
}
const diff = (change: (document: Json) => void) => diffDefinitions(base, changed(change));

describe('two definitions', () => {
  test('do the same where only layout, version, the order of events and spelled-out defaults differ', () => {
    expect(
      diff((it) => {
        it['version'] = 2;
        const on = at(it, stageOf('awareness'));
        at(it, 'machine/states/stage/states/awareness')['on'] = Object.fromEntries(
          Object.entries(on).reverse(),
        );
        it['contactPolicy'] = { coolDownDays: 14, control: { each: 0.1 } };
      }),
    ).toEqual([]);
  });

  test('differ in a rule’s guard, in words before and after', () => {
    const differences = diff((it) => {
      const on = at(it, stageOf('awareness'));
      for (const event of ['order.completed.v1', 'survey.answered.v1', 'referral.made.v1'])
        on[event] = structuredClone(on[event]);
      for (const event of ['order.completed.v1', 'survey.answered.v1', 'referral.made.v1'])
        at(on, `${event}/0/guard/params`)['value'] = 0.7;
    });
    expect(differences).toEqual([
      {
        area: 'rule',
        change: 'changed',
        name: 'stage.awareness.boughtRegularly',
        before: 'when recent rate is at least 0.6 days per cycle',
        after: 'when recent rate is at least 0.7 days per cycle',
      },
    ]);
  });

  test('differ however small the change: where words are too coarse, it is said exactly', () => {
    const [difference] = diff((it) => (at(it, `${stageOf('commitment')}/*/guard/params`)['value'] = 0.60001));
    expect(difference?.before).toContain('0.6}');
    expect(difference?.after).toContain('0.60001}');
  });

  test('differ in a rule that is new, gone, or leads elsewhere', () => {
    const differences = diff((it) => {
      const rare = at(it, `${stageOf('expansion')}/*`);
      rare['target'] = 'exploration';
      delete at(it, stageOf('commitment'))['*'];
      at(it, stageOf('awareness'))['case.opened.v1'] = {
        target: 'exploration',
        guard: { type: 'atLeast', params: { fact: 'openCases', value: 3 } },
        description: 'Full of doubt.',
        meta: { rule: 'doubts' },
      };
    });
    expect(differences).toEqual([
      expect.objectContaining({
        name: 'stage.expansion.boughtRarely',
        before: 'to awareness',
        after: 'to exploration',
      }),
      {
        area: 'rule',
        change: 'removed',
        name: 'stage.commitment.boughtLess',
        before:
          'to expansion; when recent rate is at most 0.6 days per cycle; on any event; Skips two of five cycles.',
      },
      {
        area: 'rule',
        change: 'added',
        name: 'stage.awareness.doubts',
        after: 'to exploration; when open cases are at least 3; on “Case opened”; Full of doubt.',
      },
    ]);
  });

  test('differ in the order in which rules are asked', () => {
    const differences = diff((it) => {
      const on = at(it, stageOf('exploration'));
      on['*'] = [...(on['*'] as Json[])].reverse();
    });
    expect(differences).toEqual([
      {
        area: 'rule',
        change: 'changed',
        name: 'order of stage.exploration on *',
        before: 'twoBadSigns, cameBack, engaged',
        after: 'engaged, cameBack, twoBadSigns',
      },
    ]);
  });

  test('differ in cycle, windows, and every length that follows the cycle', () => {
    const differences = diff((it) => (it['cycle'] = 10));
    expect(differences).toEqual(
      expect.arrayContaining([
        { area: 'setting', change: 'changed', name: 'cycle', before: '8 days', after: '10 days' },
        { area: 'setting', change: 'changed', name: 'windows.recent', before: '104 days', after: '130 days' },
        expect.objectContaining({ name: 'stage.expansion.boughtFaithfully' }),
      ]),
    );
  });

  test('differ in timers, in programmes on and off, in settings and in the limits of the contact policy', () => {
    const differences = diff((it) => {
      at(it, 'timers')['review'] = { since: 'lastPurchaseAt', days: 30 };
      delete at(it, 'programmes')['win-back'];
      at(it, 'programmes')['follow-up'] = { thanks: { everyDays: 31 } };
      it['contactPolicy'] = { caps: [{ purpose: 'marketing', most: 2, days: 7 }] };
    });
    expect(differences.map(({ area, change, name }) => `${area} ${name} ${change}`)).toEqual([
      'timer review changed',
      'programme follow-up.thanks.everyDays changed',
      'programme win-back removed',
      'contact policy caps changed',
    ]);
    expect(differences[0]).toMatchObject({
      before: 'last purchase, and then 1.75 × the silence that makes overdue',
      after: 'last purchase, and then 30 days',
    });
    expect(differences[3]?.after).toBe('at most 2 marketing in any 7 days');
  });

  test('differ in where the one takes the customers of another', () => {
    expect(diff((it) => (it['migration'] = { stages: { expansion: 'awareness' } }))).toEqual([
      { area: 'setting', change: 'added', name: 'migration.expansion', after: 'awareness' },
    ]);
  });

  test('differ the other way round with before and after exchanged', () => {
    const other = changed((it) => {
      it['zone'] = 'Europe/Paris';
      at(it, 'programmes')['recovery'] = {};
    });
    const there = diffDefinitions(base, other);
    const back = diffDefinitions(other, base);
    expect(there.map(({ name, before, after }) => [name, before, after]).sort()).toEqual(
      back.map(({ name, before, after }) => [name, after, before]).sort(),
    );
    expect(diffDefinitions(other, other)).toEqual([]);
  });
});
