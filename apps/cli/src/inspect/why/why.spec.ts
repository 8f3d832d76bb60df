import { homePartition } from '#contracts';
import type { EventLog } from '#pipeline';
import { temporaryFolder } from '#testing';
import type { Answer } from './answer.js';
import { buys, day, event, partitions, start, world, type World } from './why.given.js';

let here: World;
beforeEach(async () => {
  here = await world(temporaryFolder('why'));
});
afterEach(() => here.embedded.close());

const faithful = Array.from({ length: 10 }, (_, i) => i * 8);
const answerOf = async (customer: string, log?: EventLog): Promise<Answer> =>
  JSON.parse((await here.ask(customer, 'json', log)).stdout) as Answer;

describe('why', () => {
  it('tells each transition with the rule’s own words, the facts with units and the causing event', async () => {
    const orders = faithful.map((days) => buys('c-1', days));
    await here.happens('c-1', orders);
    const { story, facts } = await answerOf('c-1');
    expect(story[0]).toEqual({
      at: new Date(orders[1]!.at).toISOString(),
      kind: 'transition',
      what: 'stage: exploration → awareness',
      rule: 'cameBack',
      description: 'Kept the first purchase and came back.',
      definition: 'retail@1',
      facts: { purchases: 2 },
      factsInWords: ['purchases: 2 days'],
      causes: [`/shop#${orders[1]!.id}`],
      id: expect.any(String) as string,
      type: 'stage.changed.v1',
      from: 'log',
    });
    expect(facts['purchases']).toEqual({
      unit: 'days',
      definition: expect.stringContaining('Distinct days') as string,
    });
  });

  it('names stage and health with the entry that explains each, and what would move the customer', async () => {
    await here.happens(
      'c-1',
      faithful.map((days) => buys('c-1', days)),
    );
    const { present, story, outlook } = await answerOf('c-1');
    expect(present).toMatchObject({ stage: 'expansion', health: 'well', definition: 'retail@1' });
    expect(story.find(({ id }) => id === present?.because.stage)).toMatchObject({
      what: 'stage: awareness → expansion',
    });
    expect(present?.because.health).toBeUndefined();
    expect(outlook?.find(({ rule }) => rule === 'boughtFaithfully')).toMatchObject({
      to: 'commitment',
      unmet: [
        { fact: 'recentRate', value: expect.any(Number) as number },
        { fact: 'firstPurchaseAt', value: start, byItselfAt: new Date(start + 208 * day).toISOString() },
      ],
    });
    const { stdout } = await here.ask('c-1', 'table');
    expect(stdout).toContain('c-1: expansion, well (retail@1), as of 2026-04-15 12:00');
    expect(stdout).toMatch(
      /to commitment by boughtFaithfully: .*\n +- recent rate: 0\.\d+ days per cycle, needs to be at least 1 day per cycle\n +- first purchase: 100 days ago \(2026-01-05\), needs to be at least 208 days ago \(so from 2026-08-01 on, by time alone\)/,
    );
    expect(stdout).toContain('recentRate (days per cycle): ');
  });

  it('tells actions and ledger entries among the transitions, in one order of time', async () => {
    await here.happens('c-1', [buys('c-1', 0), buys('c-1', 8)]);
    const evidence = {
      definition: 'retail@1',
      rule: 'thanks.first',
      facts: { keptOrders: 1, preferredName: 'Somebody' },
      causes: ['/shop#x'],
    };
    const action = {
      actionId: 'a-1',
      programme: 'follow-up',
      kind: 'message',
      purpose: 'marketing',
      channel: 'email',
      audience: 'customer',
      template: 'follow-up.thanks',
      variables: { secret: 'not told' },
      priority: 1,
      notBefore: new Date(start).toISOString(),
      expiresAt: new Date(start + day).toISOString(),
      ...evidence,
    };
    const late = start + 90 * day;
    await here.publish('c-1', 'retention.actions.v1', 'action.suppressed.v1', 'a-1-suppressed', late, {
      ...action,
      reason: 'quietHours',
      possibleAt: new Date(late + day).toISOString(),
    });
    await here.publish('c-1', 'loyalty.ledger.v1', 'points.changed.v1', 'p-1', start + day, {
      change: 12,
      balance: 212,
      reason: 'purchase',
      code: 'SECRET',
      ...evidence,
    });
    const { story } = await answerOf('c-1');
    expect(story.map(({ kind, what }) => `${kind} ${what}`)).toEqual([
      "suppressed follow-up: message 'follow-up.thanks' by email not let through (quietHours)",
      'ledger Points changed: balance 212, change 12, reason purchase',
      'transition stage: exploration → awareness',
    ]);
    expect(story[0]).toMatchObject({
      at: new Date(start).toISOString(),
      decidedAt: new Date(late).toISOString(),
      because: 'It was night where the customer lives, and it would have expired before the morning.',
    });
    for (const output of ['json', 'table', 'ndjson'] as const) {
      const { stdout } = await here.ask('c-1', output);
      for (const kept of ['Somebody', 'SECRET', 'not told']) expect(stdout).not.toContain(kept);
    }
    expect((await here.ask('c-1', 'table')).stdout).toContain('It could have passed on 2026-04-06 12:00.');
  });

  it('tells a change of definition, and the stage that came of it', async () => {
    await here.publish('c-1', 'lifecycle.transitions.v1', 'definition.changed.v1', 'm-1', start, {
      from: 'retail@1',
      to: 'retail@2',
      stageFrom: 'expansion',
      stageTo: 'awareness',
      healthFrom: 'well',
      healthTo: 'well',
      definition: 'retail@2',
      rule: 'migration.stated',
      facts: {},
      causes: ['/perennial#definition/retail@2'],
    });
    expect((await answerOf('c-1')).story).toMatchObject([
      { kind: 'migration', what: 'definition: retail@1 → retail@2, stage: expansion → awareness' },
    ]);
  });

  it('reads the home partition of each topic and nothing else', async () => {
    await here.happens('c-1', [buys('c-1', 0), buys('c-1', 8)]);
    const read: number[] = [];
    const { log } = here.embedded;
    const watched: EventLog = Object.assign(Object.create(log) as EventLog, {
      read: (...args: Parameters<EventLog['read']>) => (read.push(args[1]), log.read(...args)),
    });
    await here.ask('c-1', 'json', watched);
    expect(read).toEqual([0, 0, 0].map(() => homePartition('c-1', partitions)));
  });

  it('explains the present from the store where the log is cut, and says which stretch is missing', async () => {
    await here.happens(
      'c-1',
      faithful.map((days) => buys('c-1', days)),
    );
    const whole = await answerOf('c-1');
    const { log } = here.embedded;
    const cut: EventLog = Object.assign(Object.create(log) as EventLog, {
      range: async (topic: string) => (await log.range(topic)).map(({ end }) => ({ start: end, end })),
    });
    const later = await answerOf('c-1', cut);
    expect(later.missing.map(({ topic, offset }) => [topic, offset])).toEqual([
      ['lifecycle.transitions.v1', whole.story.length],
    ]);
    expect(later.present).toEqual(whole.present);
    expect(later.outlook).toEqual(whole.outlook);
    const last = whole.story.find(({ id }) => id === whole.present?.because.stage);
    expect(later.story).toEqual([{ ...last, from: 'store' }]);
    const { stdout } = await here.ask('c-1', 'table', cut);
    expect(stdout).toMatch(
      /Missing: what was published up to now is no longer in lifecycle.transitions.v1 \(partition \d, offsets below 2\)/,
    );
    expect(stdout).toContain('kept in the store');
  });

  it('prints the story alone, an entry a line, as ndjson', async () => {
    await here.happens(
      'c-1',
      faithful.map((days) => buys('c-1', days)),
    );
    const { stdout } = await here.ask('c-1', 'ndjson');
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { rule: string });
    expect(lines.map(({ rule }) => rule)).toEqual(['cameBack', 'boughtRegularly']);
  });

  describe('says clearly', () => {
    it('that the store is empty', async () => {
      expect(await here.ask('c-1', 'json')).toEqual({
        code: 1,
        stdout: '',
        stderr: "the store is empty, so it knows no customer 'c-1': no event was folded yet\n",
      });
    });

    it('that it does not know a customer', async () => {
      await here.happens('c-1', [buys('c-1', 0)]);
      expect(await here.ask('c-2', 'table')).toEqual({
        code: 1,
        stdout: '',
        stderr: "the store knows no customer 'c-2'\n",
      });
    });

    it('that a customer was erased, and nothing more', async () => {
      await here.happens('c-1', [
        buys('c-1', 0),
        buys('c-1', 8),
        event('c-1', 'customer.erased.v1', 9, {}),
        buys('c-1', 10),
      ]);
      expect(await here.ask('c-1', 'json')).toEqual({
        code: 1,
        stdout: '',
        stderr:
          'c-1 was erased: nothing is known any more but that (1 events came afterwards and were dropped)\n',
      });
    });

    it('that nothing was decided about a customer yet, and what would move them', async () => {
      await here.happens('c-1', [buys('c-1', 0)]);
      const { code, stdout, stderr } = await here.ask('c-1', 'table');
      expect([code, stderr]).toEqual([0, 'Nothing was decided about c-1 so far.\n']);
      expect(stdout).toMatch(
        /to awareness by cameBack: .*\n +- purchases: 1 day, need to be at least 2 days/,
      );
    });

    it('that only the log knows a customer', async () => {
      await here.publish('c-9', 'lifecycle.transitions.v1', 'stage.changed.v1', 't-1', start, {
        from: 'exploration',
        to: 'awareness',
        definition: 'unknown@3',
        rule: 'cameBack',
        facts: {},
        causes: [],
      });
      const { code, stdout } = await here.ask('c-9', 'table');
      expect(code).toBe(0);
      expect(stdout).toContain('the store does not know this customer; this is what the log holds of it');
      expect(stdout).toContain('by cameBack (unknown@3)');
    });
  });
});
