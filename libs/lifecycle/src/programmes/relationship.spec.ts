import { at, becomes, day, Trial } from './programmes.given.js';
import { relationship } from './relationship.js';

const monday = at('2026-03-02');
const worth = (amount: number, more: Readonly<Record<string, unknown>> = {}) => ({
  orders: 1,
  orderValueMean: amount,
  lastOrderCurrency: 'EUR',
  spend: { EUR: amount },
  ...more,
});
const enters = (stage: 'awareness' | 'expansion' | 'commitment' | 'dissolution') => ({
  stage,
  transitions: [{ ...becomes('well', 'x'), region: 'stage', to: stage } as const],
});
const suggested = (scene: object, customer = new Trial(relationship), when = monday) =>
  customer.event('order.completed.v1', when, {}, scene).proposals.map(({ variables }) => variables['to']);

describe('another type of relationship is suggested to staff', () => {
  test('dedicated assistance to a committed customer of high value', () => {
    const [task] = new Trial(relationship).event(
      'order.completed.v1',
      monday,
      {},
      { ...enters('commitment'), facts: worth(2000) },
    ).proposals;
    expect(task).toMatchObject({
      kind: 'task',
      purpose: 'internal',
      audience: 'sales',
      template: 'relationship.suggestion',
      variables: { from: null, to: 'dedicated-assistance' },
      restsOn: { relationshipType: null },
    });
  });
  test('to the manager where there is one', () => {
    const scene = { ...enters('commitment'), facts: worth(2000, { accountManager: 'desk-3' }) };
    expect(new Trial(relationship).event('x', monday, {}, scene).proposals[0]!.audience).toBe(
      'account-manager',
    );
  });
  test('any other that the definition names, on its conditions', () => {
    const customer = () =>
      new Trial(relationship, { suggestions: [{ to: 'long-term', stages: ['expansion'] }] });
    expect(suggested({ ...enters('expansion'), facts: worth(50) }, customer())).toEqual(['long-term']);
    expect(suggested({ ...enters('commitment'), facts: worth(50) }, customer())).toEqual([]);
  });
  test('a community to a member, and co-creation to a committed one', () => {
    expect(suggested({ facts: worth(50, { communityMember: true }) })).toEqual(['community']);
    expect(suggested({ ...enters('commitment'), facts: worth(5000, { communityMember: true }) })).toEqual([
      'co-creation',
    ]);
  });
});

describe('no other type is suggested', () => {
  test('to one who has it, or chose one that it would take away', () => {
    const scene = (relationshipType: string) => ({
      ...enters('commitment'),
      facts: worth(2000, { relationshipType }),
    });
    for (const type of ['dedicated-assistance', 'self-service', 'automated', 'community', 'co-creation'])
      expect(suggested(scene(type))).toEqual([]);
  });
  test('to one of less value, who only begins, who is lost, or at a late event', () => {
    expect(suggested({ ...enters('commitment'), facts: worth(1999) })).toEqual([]);
    expect(suggested({ ...enters('awareness'), facts: worth(5000) })).toEqual([]);
    expect(suggested({ ...enters('dissolution'), facts: worth(5000, { communityMember: true }) })).toEqual(
      [],
    );
    expect(suggested({ ...enters('commitment'), facts: worth(5000), late: true })).toEqual([]);
  });
  test('twice in a year', () => {
    const customer = new Trial(relationship);
    const scene = { ...enters('commitment'), facts: worth(2000) };
    const counts = [0, 100, 365].map((days) => suggested(scene, customer, monday + days * day).length);
    expect(counts).toEqual([1, 0, 1]);
  });
});
