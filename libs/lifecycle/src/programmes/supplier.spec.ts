import type { Decision } from '../programme.js';
import { at, becomes, day, Trial, type Scene } from './programmes.given.js';
import { supplier } from './supplier.js';
import type { SupplierMemory } from './supplier-settings.js';

const monday = at('2026-03-02');
const said = ({ proposals }: Decision<SupplierMemory>) =>
  proposals.map(({ template, audience, kind }) => `${kind} ${template} to ${audience}`);
const question = 'task supplier.fraud-question to risk';
const notice = 'message supplier.ended to customer';
const welcome = 'message supplier.welcome-back to customer';

class Desk extends Trial<Parameters<typeof supplier.decide>[1], SupplierMemory> {
  private hours = 0;
  constructor(settings = {}) {
    super(supplier, settings);
  }
  hears(type: string, facts: object, data: object = {}, scene: Scene = {}) {
    return this.event(type, monday + this.hours++ * 3_600_000, data, {
      ...scene,
      facts: { flags: [], endedBySupplier: false, openCases: 0, ...facts },
    });
  }
  raised(facts: object = {}, scene: Scene = {}) {
    return this.hears('account.flagged.v1', { flags: ['fraud'], ...facts }, { flag: 'fraud' }, scene);
  }
  cleared(facts: object = {}) {
    return this.hears('account.flagged.v1', facts, { flag: 'fraud', cleared: true });
  }
  ended(facts: object = {}, data: object = {}, scene: Scene = {}) {
    return this.hears('relationship.ended.v1', { endedBySupplier: true, ...facts }, data, scene);
  }
  reopened(facts: object = {}) {
    return this.hears('relationship.reopened.v1', facts);
  }
}

describe('a fraud flag', () => {
  test('is a question to those who judge risk, once for each time that it is raised', () => {
    const desk = new Desk();
    expect(said(desk.raised())).toEqual([question]);
    expect(said(desk.raised())).toEqual([]);
    expect(said(desk.cleared())).toEqual([]);
    expect(said(desk.raised())).toEqual([question]);
  });
  test('is asked about though it comes late, as long as it stands', () => {
    expect(said(new Desk().raised({}, { late: true }))).toEqual([question]);
    expect(said(new Desk().raised({ flags: [] }, { late: true }))).toEqual([]);
  });
  test('that is cleared takes the question back, and the customer hears nothing of it', () => {
    const desk = new Desk();
    desk.raised();
    const { proposals, withdraws } = desk.cleared();
    expect([proposals, withdraws!.length]).toEqual([[], 1]);
  });
  test('is the only flag asked about', () => {
    expect(said(new Desk().hears('account.flagged.v1', { flags: ['credit'] }, { flag: 'credit' }))).toEqual(
      [],
    );
  });
});

describe('a relationship that we end', () => {
  test('is ended with a courteous notice, which rests on its being ended', () => {
    const decision = new Desk().ended();
    expect(said(decision)).toEqual([notice]);
    expect(decision.proposals[0]).toMatchObject({ purpose: 'service', restsOn: { endedBySupplier: true } });
  });
  test('is ended without a word for fraud, by the flag or by the reason', () => {
    const flagged = new Desk();
    flagged.raised();
    expect(said(flagged.ended({ flags: ['fraud'] }))).toEqual([]);
    expect(said(new Desk().ended({}, { reason: 'Fraud confirmed' }))).toEqual([]);
  });
  test('is told to those who have work with the customer, and to nobody else', () => {
    expect(said(new Desk().ended({ openCases: 1, accountManager: 'desk-3' }))).toEqual([
      'flag supplier.close-work to support-lead',
      'flag supplier.close-work to account-manager',
      notice,
    ]);
  });
  test('is ended once, however often it is reported', () => {
    const desk = new Desk();
    desk.ended();
    expect(said(desk.ended())).toEqual([]);
  });
  test('stays quiet about an end that comes late and was taken back since', () => {
    expect(said(new Desk().ended({ endedBySupplier: false }, {}, { late: true }))).toEqual([]);
  });
});

describe('the way back', () => {
  test('is a welcome when the relationship is reopened, once', () => {
    const desk = new Desk();
    desk.ended();
    const back = desk.reopened();
    expect(said(back)).toEqual([welcome]);
    expect(back.proposals[0]).toMatchObject({
      purpose: 'service',
      variables: { after: 'end' },
      restsOn: { endedBySupplier: false },
    });
    expect(said(desk.reopened())).toEqual([]);
  });
  test('is a welcome too when the flag is cleared for which it was ended', () => {
    const desk = new Desk();
    desk.raised();
    desk.ended({ flags: ['fraud'] });
    const back = desk.cleared();
    expect([said(back), back.proposals[0]!.variables]).toEqual([[welcome], { after: 'fraud' }]);
  });
  test('is not there while it stays ended, nor for a customer whom nobody sent away', () => {
    const desk = new Desk();
    desk.ended({ flags: ['fraud', 'credit'] });
    expect(said(desk.cleared({ flags: ['credit'], endedBySupplier: true }))).toEqual([]);
    expect(said(new Desk().reopened())).toEqual([]);
  });
});

describe('the review of those who do not grow', () => {
  const on = { reviewEveryDays: 100 };
  const grown = { transitions: [{ ...becomes('well', 'cameBack'), region: 'stage' as const }] };
  const reviews = (bought: readonly number[], settings: object, scene: Scene = {}) => {
    const desk = new Desk(settings);
    const first = desk.hears('order.completed.v1', { purchases: 2 }, {}, grown);
    let purchases = 2;
    return [
      first.timers,
      ...bought.map((days, n) => {
        purchases += days;
        const facts = { purchases, ...scene.facts };
        return said(desk.timer('supplier.review', monday + (n + 1) * 100 * day, { ...scene, facts }));
      }),
    ];
  };
  test('is off until a definition switches it on', () => {
    expect(reviews([5, 5], {})).toEqual([undefined, [], []]);
  });
  test('puts before sales, or the manager, who bought no more often than in the span before', () => {
    const timers = { review: monday + 100 * day };
    expect(reviews([5, 6, 6, 7], on)).toEqual([timers, [], [], ['task supplier.review to sales'], []]);
    expect(reviews([5, 5], on, { facts: { accountManager: 'desk-3' } })).toEqual([
      timers,
      [],
      ['task supplier.review to account-manager'],
    ]);
  });
  test('leaves alone who is at risk, flagged, or gone', () => {
    expect(reviews([5, 0], on, { health: 'atRisk' }).at(-1)).toEqual([]);
    const flagged = new Desk(on);
    flagged.hears('order.completed.v1', { purchases: 2 }, {}, grown);
    flagged.raised();
    for (const n of [1, 2])
      expect(
        said(flagged.timer('supplier.review', monday + n * 100 * day, { facts: { purchases: 2 } })),
      ).toEqual([]);
    const gone = new Desk(on);
    gone.hears('order.completed.v1', { purchases: 2 }, {}, grown);
    const left = gone.hears('timer.due.v1', {}, {}, { ...grown, stage: 'dissolution' });
    expect(left.timers).toEqual({ review: null });
  });
});
