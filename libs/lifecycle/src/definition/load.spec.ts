import { parse, stringify } from 'yaml';
import { retailDefinition, retailSource } from '../customer.given.js';
import { checkXState } from './check-xstate.js';
import { loadDefinition } from './load.js';
import { DefinitionError, type Problem } from './problems.js';

type Json = Record<string, unknown>;

/** What is said about retail@1 after `change` has spoilt it. */
function refusalOf(change: (document: Json) => void): readonly Problem[] {
  const document = parse(retailSource) as Json;
  change(document);
  return problemsOf(stringify(document, { aliasDuplicateObjects: false }));
}

function problemsOf(source: string): readonly Problem[] {
  try {
    loadDefinition(source, 'shop.yaml');
    return [];
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    expect(error.message).toContain('shop.yaml is refused');
    for (const { path, message } of error.problems) expect(error.message).toContain(`${path}: ${message}`);
    return error.problems;
  }
}

const at = (document: Json, path: string): Json =>
  path.split('/').reduce((it, key) => it[key] as Json, document);
const rule = (name: string): Json => ({ target: 'expansion', description: 'So.', meta: { rule: name } });
const exploration = 'machine/states/stage/states/exploration/on';
const awareness = 'machine/states/stage/states/awareness/on';

describe('a definition is refused', () => {
  const cases: Readonly<Record<string, readonly [(document: Json) => void, Partial<Problem>]>> = {
    'for a guard that does not exist': [
      (it) => (at(it, `${awareness}/order.completed.v1/0/guard`)['type'] = 'atleast'),
      {
        path: 'machine.states.stage.states.awareness.on.order.completed.v1[0].guard.type',
        message: "unknown guard 'atleast'",
        allowed: expect.stringContaining('atLeast, atMost, is, has') as string,
      },
    ],
    'for a fact that does not exist': [
      (it) => (at(it, `${awareness}/order.completed.v1/0/guard/params`)['fact'] = 'purchased'),
      {
        path: 'machine.states.stage.states.awareness.on.order.completed.v1[0].guard.params.fact',
        message: "unknown fact 'purchased'",
        allowed: expect.stringContaining('purchases') as string,
      },
    ],
    'for a fact of another kind': [
      (it) => (at(it, `${awareness}/order.completed.v1/0/guard/params`)['fact'] = 'detractor'),
      { message: "the fact 'detractor' is a flag, not a number" },
    ],
    'for a param of another type': [
      (it) => (at(it, `${awareness}/order.completed.v1/0/guard/params`)['value'] = 'many'),
      {
        path: 'machine.states.stage.states.awareness.on.order.completed.v1[0].guard.params.value',
        message: "'many' is no length",
      },
    ],
    'for a param too many': [
      (it) => (at(it, `${awareness}/order.completed.v1/0/guard/params`)['times'] = 2),
      { message: 'unknown key', allowed: 'fact, value' },
    ],
    'for a value that a fact never has': [
      (it) => (at(it, `${exploration}/relationship.ended.v1/guard/params`)['value'] = 'yes'),
      { message: "'yes' can never be the value of the flag 'endedBySupplier'", allowed: 'true, false' },
    ],
    'for a target that does not exist': [
      (it) => (at(it, `${awareness}/order.completed.v1/0`)['target'] = 'loyal'),
      {
        message: "unknown target 'loyal'",
        allowed: 'exploration, awareness, expansion, commitment, dissolution',
      },
    ],
    'for a stage that does not exist': [
      (it) => (at(it, 'machine/states/stage/states')['fans'] = { on: {} }),
      { path: 'machine.states.stage.states.fans', message: "unknown stage 'fans'" },
    ],
    'for a stage that is missing': [
      (it) => delete at(it, 'machine/states/stage/states')['commitment'],
      { path: 'machine.states.stage.states.commitment', message: "the stage 'commitment' is missing" },
    ],
    'for an unreachable stage': [
      (it) => {
        const expansion = at(it, 'machine/states/stage/states/expansion/on');
        for (const event of Object.keys(expansion))
          if (event !== '*' && !event.startsWith('timer') && event !== 'relationship.ended.v1')
            delete expansion[event];
      },
      {
        path: 'machine.states.stage.states.commitment',
        message: 'unreachable stage: no transitions lead here',
      },
    ],
    'for a stage with no way to dissolution': [
      (it) => {
        const states = at(it, 'machine/states/stage/states');
        for (const name of ['expansion', 'commitment']) {
          const state = at(states, `${name}/on`);
          delete state['timer.lapse'];
          delete state['relationship.ended.v1'];
          for (const ref of [state['*']].flat() as Json[])
            ref['target'] = name === 'expansion' ? 'commitment' : 'expansion';
        }
      },
      {
        path: 'machine.states.stage.states.commitment',
        message: 'no way leads from here to dissolution',
      },
    ],
    'for a dissolution without return': [
      (it) => delete at(it, 'machine/states/stage/states/dissolution')['on'],
      { path: 'machine.states.stage.states.dissolution', message: 'no transition leads out of here' },
    ],
    'for an event that does not exist': [
      (it) => {
        const on = at(it, awareness);
        on['order.complete.v1'] = on['order.completed.v1'];
      },
      {
        message: "unknown event 'order.complete.v1'",
        allowed: expect.stringContaining('order.completed.v1') as string,
      },
    ],
    'for a timer that is not set anywhere': [
      (it) => delete at(it, 'timers')['lapse'],
      {
        path: 'machine.states.stage.states.exploration.on.timer.lapse',
        message: "unknown event 'timer.lapse'",
      },
    ],
    'for what XState would take and this engine does not': [
      (it) => (at(it, 'machine/states/stage/states/awareness')['after'] = { 1000: 'dissolution' }),
      {
        path: 'machine.states.stage.states.awareness.after',
        message: 'unknown key',
        allowed: 'description, on',
      },
    ],
    'for a transition without a rule or a word why': [
      (it) => {
        const ref = at(it, `${awareness}/order.completed.v1/0`);
        delete ref['meta'];
      },
      { path: 'machine.states.stage.states.awareness.on.order.completed.v1[0].meta.rule' },
    ],
    'for a programme that does not exist': [
      (it) => (at(it, 'programmes')['winback'] = {}),
      {
        path: 'programmes.winback',
        message: "unknown programme 'winback'",
        allowed: expect.stringContaining('win-back') as string,
      },
    ],
    'for a programme’s setting that does not exist': [
      (it) => (at(it, 'programmes')['win-back'] = { colour: 'red' }),
      {
        path: 'programmes.win-back.colour',
        message: 'unknown key',
        allowed: expect.stringContaining('validDays') as string,
      },
    ],
    'for a programme’s setting of another type': [
      (it) => (at(it, 'programmes')['win-back'] = { validDays: 'soon' }),
      { path: 'programmes.win-back.validDays', message: 'must be number' },
    ],
    'for a contact policy that is none': [
      (it) => (it['contactPolicy'] = { quietHours: { from: '25:00' } }),
      { path: 'contactPolicy.quietHours.from' },
    ],
    'for a zone that does not exist': [
      (it) => (it['zone'] = 'America/Gotham'),
      { path: 'zone', message: "'America/Gotham' is no time zone" },
    ],
    'for a cycle that is no length': [
      (it) => (it['cycle'] = 0),
      { path: 'cycle', message: '0 is no length' },
    ],
    'for a window that depends on a fact': [
      (it) => (at(it, 'windows')['recent'] = { fact: 'usualGap', times: 3 }),
      { path: 'windows.recent', message: 'must not depend on a fact here' },
    ],
    'for a window that reaches further than purchase days are kept': [
      (it) => (at(it, 'windows')['recent'] = 500),
      {
        path: 'windows.recent',
        message: '500 days reach further than windows.purchases',
        allowed: 'up to 400',
      },
    ],
    'for a timer after something that is no time': [
      (it) => (at(it, 'timers/lapse')['since'] = 'purchases'),
      { path: 'timers.lapse.since', message: "the fact 'purchases' is a number, not a time" },
    ],
    'for a key that means nothing': [
      (it) => (it['timezone'] = 'UTC'),
      { path: 'timezone', message: 'unknown key' },
    ],
    'for a rule that never has its turn, after one without a guard': [
      (it) => {
        const on = at(it, awareness);
        on['order.completed.v1'] = [rule('greeted'), ...(on['order.completed.v1'] as Json[])];
      },
      {
        path: 'machine.states.stage.states.awareness.on.order.completed.v1[1]',
        message: "is never taken: rule 'greeted' stands before it and has no guard",
      },
    ],
    'for a rule that never has its turn, after one with the same guard': [
      (it) => {
        const { guard } = at(it, `${awareness}/order.completed.v1/0`);
        (at(it, awareness)['order.completed.v1'] as Json[]).push({ ...rule('again'), guard });
      },
      {
        path: 'machine.states.stage.states.awareness.on.order.completed.v1[2]',
        message: "is never taken: rule 'boughtRegularly' stands before it and has the same guard",
      },
    ],
    'for two rules that evidence could not tell apart': [
      (it) => (at(it, `${awareness}/order.completed.v1/1/meta`)['rule'] = 'boughtRegularly'),
      {
        path: 'machine.states.stage.states.awareness.on.order.completed.v1[1].meta.rule',
        message: "another rule of this state is called 'boughtRegularly'",
      },
    ],
    'for a timer that no rule hears': [
      (it) => {
        for (const region of ['stage', 'health'])
          for (const state of Object.values(at(it, `machine/states/${region}/states`)))
            delete ((state as Json)['on'] as Json)['*'];
      },
      { path: 'timers.review', message: "no rule hears the timer 'review'" },
    ],
    'for a description that is no text': [
      (it) => (at(it, 'machine/states/stage/states/awareness')['description'] = { on: 'x' }),
      { path: 'machine.states.stage.states.awareness.description', message: '{"on":"x"} is no text' },
    ],
    'for a length that no life has': [
      (it) => (at(it, 'timers/lapse')['days'] = 1e12),
      { path: 'timers.lapse.days', allowed: 'up to 36525 days' },
    ],
    'for bounds that cross': [
      (it) => (at(it, 'timers/lapse/days')['atLeast'] = 500),
      { path: 'timers.lapse.days.atLeast', message: '500 is more than atMost', allowed: 'up to 400' },
    ],
    'for an exempt programme that does not exist': [
      (it) => (it['contactPolicy'] = { control: { exempt: ['recovry'] } }),
      {
        path: 'contactPolicy.control.exempt[0]',
        message: "unknown programme 'recovry'",
        allowed: expect.stringContaining('recovery') as string,
      },
    ],
    'for a cost that is none': [
      (it) => (at(it, 'costs')['gift'] = -1),
      { path: 'costs.gift', message: 'must be >= 0' },
    ],
    'for costs in no currency': [
      (it) => delete at(it, 'costs')['currency'],
      { path: 'costs', message: expect.stringContaining('currency') as string },
    ],
    'for the cost of a kind that does not exist': [
      (it) => (at(it, 'costs')['present'] = 1),
      { path: 'costs.present', allowed: expect.stringContaining('message, offer') as string },
    ],
    'for an acquisition cost that is none': [
      (it) => (it['acquisitionCost'] = '30'),
      { path: 'acquisitionCost', message: "'30' is no amount" },
    ],
    'for an acquisition cost in no currency': [(it) => delete it['costs'], { path: 'costs' }],
    'for a version that is none': [(it) => (it['version'] = '1.2'), { path: 'version' }],
  };
  test.each(Object.entries(cases))('%s', (_, [change, problem]) => {
    expect(refusalOf(change)).toContainEqual(expect.objectContaining(problem));
  });

  test('with every problem at once', () => {
    const problems = refusalOf((it) => {
      it['zone'] = 'Mars';
      it['cycle'] = -1;
      at(it, 'programmes')['nothing'] = {};
      at(it, 'timers')['lapse'] = {};
      at(it, awareness)['order.shipped.v1'] = rule('shipped');
    });
    expect(problems.map(({ path }) => path)).toEqual([
      'zone',
      'cycle',
      'timers.lapse.since',
      'timers.lapse.days',
      'machine.states.stage.states.awareness.on.order.shipped.v1',
      'programmes.nothing',
    ]);
  });

  test('for text that is no YAML, naming the line', () => {
    expect(problemsOf('name: [retail\nversion: 1\n')[0]).toMatchObject({
      path: expect.stringMatching(/^line \d+, column \d+$/) as string,
    });
    expect(problemsOf('')).toMatchObject([{ path: 'text', message: 'is no mapping' }]);
  });
});

test('what XState refuses is refused with its own words', () => {
  const found: string[] = [];
  const states = { stage: { initial: 'a', states: { a: { on: { go: { target: 'nowhere' } } } } } };
  checkXState({ type: 'parallel', states }, (path, message) => found.push(`${path}: ${message}`));
  expect(found).toEqual([expect.stringMatching(/^machine: XState refuses it: [^]*'nowhere' does not exist/)]);
});

describe('a definition’s hash', () => {
  test('does not depend on comments, layout or the order of keys', () => {
    const document = parse(retailSource) as Json;
    const turned = Object.fromEntries(Object.entries(document).reverse());
    const other = loadDefinition(`# another hand\n${stringify(turned, { aliasDuplicateObjects: false })}`);
    expect(other.hash).toBe(retailDefinition.hash);
  });

  test('depends on every threshold', () => {
    expect(loadDefinition(retailSource.replace('value: 0.6', 'value: 0.61')).hash).not.toBe(
      retailDefinition.hash,
    );
  });
});

test('lengths follow the cycle within their bounds', () => {
  const withCycle = (days: number) => loadDefinition(retailSource.replace(/^cycle: .*$/m, `cycle: ${days}`));
  expect(withCycle(8).settings.windows).toEqual({ purchases: 400, returns: 90, recent: 104 });
  expect(withCycle(60).settings.windows.recent).toBe(400);
});

describe('costs', () => {
  test('of kinds that are not named are 0', () => {
    const { costs, acquisitionCost } = loadDefinition(
      retailSource
        .replace(/^costs:\n(?: .*\n)*/m, 'costs: { currency: EUR, gift: 9 }\n')
        .replace(/^acquisitionCost.*$/m, ''),
    );
    expect(costs).toMatchObject({ currency: 'EUR', gift: 9, message: 0 });
    expect(acquisitionCost).toBeUndefined();
  });

  test('may be left out', () => {
    const source = retailSource.replace(/^costs:\n(?: .*\n)*/m, '').replace(/^acquisitionCost.*$/m, '');
    expect(loadDefinition(source).costs).toBeUndefined();
  });
});
