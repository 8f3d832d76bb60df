import type { CustomerDocument, WriteOutcome } from '#pipeline';
import { all, document, oddKeys, type StoreBench } from './store-bench.js';

/** Customers' documents: guarded writes, loads and scans. */
export function documentRules({ store, another, reopen }: StoreBench): void {
  const write = async (...documents: CustomerDocument[]): Promise<(WriteOutcome | undefined)[]> => {
    const outcomes = await store().write(documents);
    return documents.map(({ id }) => outcomes.get(id));
  };
  const load = async (id: string): Promise<CustomerDocument | undefined> =>
    (await store().load([id])).get(id);

  describe('a document', () => {
    it('is absent until it is written, and then as it was written', async () => {
      expect(await load('ann')).toBeUndefined();
      const written = document('ann', 1, {
        partition: 3,
        state: {
          timers: [{ name: 'overdue', due: 1_700_000_000_000 }],
          seen: ['9007199254740993', 'ffffffffffffffff'],
          numbers: [0, -1, 0.1, 1e21, Number.MAX_SAFE_INTEGER, 2 ** 31, -(2 ** 40)],
          nested: { empty: {}, list: [], nothing: null, yes: true, text: '' },
        },
      });
      expect(await write(written)).toEqual(['written']);
      expect(await load('ann')).toEqual(written);
      expect(JSON.stringify((await load('ann'))?.state)).toBe(JSON.stringify(written.state));
    });

    it('keeps its outputs, bytes as bytes and text as text', async () => {
      const outputs = [
        {
          topic: 't',
          partition: 2,
          key: 'k',
          value: '{"a":1}',
          headers: { type: 'text', bytes: Buffer.from([0, 255]) },
        },
        { topic: 't', key: Buffer.from([1, 0, 200]), value: Buffer.from([0, 159, 146, 150]) },
        { topic: 't', key: null, value: null },
      ];
      await write(document('ann', 1, { outputs }));
      expect((await load('ann'))?.outputs).toEqual(outputs);
      await write(document('ann', 2));
      expect((await load('ann'))?.outputs).toEqual([]);
    });

    it('comes with its outputs where the batch that wrote it is asked for', async () => {
      const outputs = [{ topic: 't', key: 'k', value: '{"a":1}' }];
      await write(document('ann', 1, { outputs }), document('bob', 2, { outputs }));
      const found = await store().load(['ann', 'bob'], 2);
      expect(found.get('bob')?.outputs).toEqual(outputs);
      expect(found.get('ann')).toMatchObject({ id: 'ann', batch: 1 });
    });

    it('survives a restart', async () => {
      await write(document('ann', 1), document('bob', 4));
      const again = await reopen();
      const found = await again.load(['ann', 'bob', 'carl']);
      expect([...found.keys()].sort()).toEqual(['ann', 'bob']);
      expect(found.get('bob')).toEqual(document('bob', 4));
    });

    it('is a copy: changing what was given or returned changes nothing stored', async () => {
      const timers = [{ name: 'overdue', due: 5 }];
      const given = document('ann', 1, { state: { timers, tags: ['a'] } });
      const pristine = structuredClone(given);
      await write(given);
      timers[0]!.name = 'changed';
      const returned = (await load('ann')) as { state: { stage: string } };
      returned.state.stage = 'changed';
      expect(await load('ann')).toEqual(pristine);
      for await (const scanned of store().scan()) (scanned as { batch: number }).batch = 99;
      expect(await load('ann')).toEqual(pristine);
    });

    it('is kept under any id, with any keys in its state', async () => {
      const documents = oddKeys.map((id, at) =>
        document(id, 1, {
          state: { byKey: Object.fromEntries(oddKeys.slice(0, 4).map((key) => [key, { [key]: at }])) },
        }),
      );
      expect(await write(...documents)).toEqual(oddKeys.map(() => 'written'));
      const found = await store().load(oddKeys);
      for (const each of documents) expect(found.get(each.id)).toEqual(each);
    });

    it('becomes a tombstone like any other state', async () => {
      await write(
        document('ann', 1, {
          state: { timers: [{ name: 'overdue', due: 5 }], email: 'ann@example.invalid' },
        }),
      );
      const tombstone = document('ann', 2, { state: { erased: 0 } });
      expect(await write(tombstone)).toEqual(['written']);
      expect(await load('ann')).toEqual(tombstone);
      expect(await store().due(0, 10, 10)).toEqual([]);
    });

    it('may be large', async () => {
      const large = document('ann', 1, { state: { text: 'x'.repeat(3_900_000) } });
      expect(await write(large)).toEqual(['written']);
      expect(await load('ann')).toEqual(large);
    });
  });

  describe('a guarded write', () => {
    it('goes through for a higher batch number and leaves no trace for a lower or equal one', async () => {
      expect(await write(document('ann', 5, { state: { is: 'five' } }))).toEqual(['written']);
      expect(await write(document('ann', 5, { state: { is: 'five again' } }))).toEqual(['lostGuard']);
      expect(await write(document('ann', 4, { state: { timers: [{ name: 'late', due: 1 }] } }))).toEqual([
        'lostGuard',
      ]);
      expect(await load('ann')).toEqual(document('ann', 5, { state: { is: 'five' } }));
      expect(await store().due(0, 10, 10)).toEqual([]);
      expect(await write(document('ann', 9, { state: { is: 'nine' } }))).toEqual(['written']);
      expect(await load('ann')).toEqual(document('ann', 9, { state: { is: 'nine' } }));
    });

    it('given twice is written once', async () => {
      const same = document('ann', 1);
      const outcomes = await Promise.all([store().write([same]), (await another()).write([same])]);
      expect(outcomes.map((outcome) => outcome.get('ann')).sort()).toEqual(['lostGuard', 'written']);
      expect(await load('ann')).toEqual(same);
    });

    it('of several for a customer never seen lets exactly one win', async () => {
      const clients = await Promise.all([another(), another(), another()]);
      for (let round = 0; round < 10; round++) {
        const id = `customer-${round}`;
        const attempts = clients.map((client, at) =>
          client.write([document(id, 1, { state: { writer: at } })]),
        );
        const outcomes = (await Promise.all(attempts)).map((outcome) => outcome.get(id));
        expect([...outcomes].sort()).toEqual(['lostGuard', 'lostGuard', 'written']);
        expect(await load(id)).toEqual(document(id, 1, { state: { writer: outcomes.indexOf('written') } }));
      }
    });

    it('of a batch with stale members writes the others', async () => {
      await write(document('stale', 7));
      const outcomes = await write(document('new', 3), document('stale', 3), document('other', 3));
      expect(outcomes).toEqual(['written', 'lostGuard', 'written']);
      expect([...(await store().load(['new', 'stale', 'other'])).values()].map(({ batch }) => batch)).toEqual(
        [3, 7, 3],
      );
    });

    it('of nothing, and a load of nothing, do nothing', async () => {
      expect((await store().write([])).size).toBe(0);
      expect((await store().load([])).size).toBe(0);
    });
  });

  describe('a scan', () => {
    it('sees every document once', async () => {
      const documents = Array.from({ length: 450 }, (_, n) =>
        document(`customer-${n}`, 1, { partition: n % 8 }),
      );
      await store().write(documents);
      const byId = (list: readonly CustomerDocument[]) => [...list].sort((a, b) => (a.id < b.id ? -1 : 1));
      expect(byId(await all(store().scan()))).toEqual(byId(documents));
    });

    it('of an empty store is empty', async () => {
      expect(await all(store().scan())).toEqual([]);
    });
  });
}
