import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Seen } from './reading.js';
import { claim, prefix, reading } from './reading.given.js';
import { verify } from './verify.js';

type Records = Map<string, Seen[]>;

const kinds = ['lost', 'duplicated', 'outOfOrder', 'wrong'] as const;

/** Which kinds of fault the verifier finds. */
const judged = (change?: (records: Records) => void, claimed = claim) => {
  const verdict = verify(reading(change), claimed);
  return kinds.filter((kind) => verdict[kind].length > 0);
};

const drop = (topic: string, at: number) => (records: Records) => void records.get(topic)!.splice(at, 1);
const double = (topic: string, at: number) => (records: Records) => {
  const all = records.get(topic)!;
  all.push({ ...all[at]!, offset: all.length });
};
const swap = (topic: string, a: number, b: number) => (records: Records) => {
  const all = records.get(topic)!;
  [all[a], all[b]] = [
    { ...all[b]!, offset: all[a]!.offset },
    { ...all[a]!, offset: all[b]!.offset },
  ];
};
const edit = (topic: string, at: number, from: string | RegExp, to: string) => (records: Records) => {
  const all = records.get(topic)!;
  all[at] = { ...all[at]!, value: all[at]!.value.replace(from, to) };
};

describe('the verifier', () => {
  it('finds nothing where all is as it must be', () => {
    expect(verify(reading(), claim)).toMatchObject({
      ...{ lost: [], duplicated: [], outOfOrder: [], wrong: [] },
      ...{ customers: 1, batches: 3, transitions: 4, outputs: 8, deadLetters: 1 },
    });
  });

  it.each<[what: string, kind: (typeof kinds)[number], change: (records: Records) => void]>([
    ['a transition that is missing', 'lost', drop('lifecycle.transitions.v1', 1)],
    ["a timer's transition that is missing", 'lost', drop('lifecycle.transitions.v1', 3)],
    ['a ledger entry that is missing', 'lost', drop('loyalty.ledger.v1', 0)],
    ['thanks that are missing', 'lost', drop('retention.actions.v1', 0)],
    ['a dead letter that is missing', 'lost', drop('profile.events.v1.dlq', 0)],
    ['a stray record that did not come home', 'lost', drop('lifecycle.inbox.v1', 0)],
    ['an input record that is in no batch', 'lost', edit('lifecycle.order.v1', 2, '[0,2]', '[1,2]')],
    ['an accepted record that is not in the log', 'lost', drop('purchase.events.v1', 0)],
    ['a batch that is missing', 'lost', drop('lifecycle.order.v1', 1)],
    ['a transition told twice', 'duplicated', double('lifecycle.transitions.v1', 0)],
    ['a ledger entry told twice', 'duplicated', double('loyalty.ledger.v1', 0)],
    ['an action told twice', 'duplicated', double('retention.actions.v1', 0)],
    ['a dead letter told twice', 'duplicated', double('profile.events.v1.dlq', 0)],
    ['a batch told twice', 'duplicated', double('lifecycle.order.v1', 2)],
    ['two transitions in the wrong order', 'outOfOrder', swap('lifecycle.transitions.v1', 1, 2)],
    [
      'a transition to another stage',
      'wrong',
      edit('lifecycle.transitions.v1', 1, '"to":"expansion"', '"to":"commitment"'),
    ],
    ['a transition by another cause', 'wrong', edit('lifecycle.transitions.v1', 1, '#e-2', '#e-1')],
    ['other points', 'wrong', edit('loyalty.ledger.v1', 0, /"pendingChange":10/, '"pendingChange":11')],
    ['a dead letter with other bytes', 'wrong', edit('profile.events.v1.dlq', 0, 'spec', 'SPEC')],
    [
      'a dead letter of a sound record',
      'wrong',
      (records) => {
        const letter = records.get('profile.events.v1.dlq')![0]!;
        const headers = { ...letter.headers, 'x-dlq-topic': `${prefix}purchase.events.v1` };
        records.get('purchase.events.v1.dlq')!.push({ ...letter, headers });
      },
    ],
  ])('is red for %s', (_, kind, change) => {
    expect(judged(change)).toContain(kind);
  });

  it.each(['stage', 'health', 'orders', 'spend', 'visits', 'cases', 'points', 'lastVisitAt', 'lastEventAt'])(
    'is red where the product claims another %s',
    (name) => {
      const facts = new Map([['ann', { ...claim.facts.get('ann')!, [name]: 7 }]]);
      expect(judged(undefined, { ...claim, facts })).toEqual(['wrong']);
    },
  );

  it('is red where the product knows a customer of whom there is no event', () => {
    const facts = new Map([...claim.facts, ['bob', claim.facts.get('ann')!]]);
    expect(judged(undefined, { ...claim, facts })).toContain('wrong');
  });

  it.each([-1, 1])('is red where the committed offset is %s off the end', (off) => {
    const { records, positions } = reading();
    const moved = positions.map((it) =>
      it.topic === 'purchase.events.v1' && it.partition === 0 ? { ...it, committed: it.committed + off } : it,
    );
    expect(verify({ records, positions: moved }, claim).wrong).not.toEqual([]);
  });

  it('shares no code with the engine', () => {
    for (const file of readdirSync(import.meta.dirname).filter((name) => /^\w+(\.given)?\.ts$/.test(name)))
      for (const [, from = ''] of readFileSync(join(import.meta.dirname, file), 'utf8').matchAll(
        / from '([^']+)'/g,
      ))
        expect([file, from]).toEqual([file, expect.stringMatching(/^(node:|\.\/)/)]);
  });
});
