import {
  buys,
  buysEvery,
  clicks,
  escalates,
  flags,
  lives,
  missesDeadline,
  opensCase,
  rates,
  recommends,
  refers,
  reopens,
  resolves,
  retailDefinition,
  rulesOf,
  sendsBack,
  silence,
  subscribes,
  supplierEnds,
  supplierReopens,
  unsubscribes,
  visits,
  type Happening,
} from './customer.given.js';

interface Rule {
  readonly given: readonly Happening[];
  readonly fires: Happening;
  /** Stories in which the same kind of thing happens and the rule does not hold. */
  readonly refuses: Readonly<Record<string, readonly Happening[]>>;
  /** After the given, nothing at all moves on this. */
  readonly quiet?: Happening;
}

const weekly = buysEvery(7, 0, 98);
const faithful = [...buysEvery(7, 0, 196), buys(203)];
const occasional = [buys(0), buys(15)];
const lost = [...occasional, silence(200)];
const atRisk = [...occasional, silence(75)];
const recovering = [...atRisk, buys(80)];
const ended = [...occasional, supplierEnds(20)];
const category = (name: string) => ({ productId: name, category: name, price: 1, quantity: 1 });
const kinds = ['bread', 'milk', 'fruit', 'soap'].map(category);

const rules: Readonly<Record<string, Rule>> = {
  'exploration > awareness: cameBack': {
    given: [buys(0)],
    fires: buys(9),
    refuses: {
      'on the same day': [buys(0), buys(0.1)],
      'when the first order was sent back': [buys(0), sendsBack(2, 'o-0'), buys(9)],
      'on a visit without a purchase': [buys(0), buys(9, { total: 0 })],
    },
    quiet: visits(9),
  },
  'exploration > awareness: engaged': {
    given: [buys(0)],
    fires: clicks(3),
    refuses: {
      'without a purchase': [clicks(3)],
      'when the only order was sent back': [buys(0), sendsBack(2, 'o-0'), clicks(3)],
      'when the act was a bad score': [buys(0), recommends(3, 2)],
    },
    quiet: visits(3),
  },
  'exploration > dissolution: twoBadSigns': {
    given: [buys(0), sendsBack(2, 'o-0')],
    fires: recommends(3, 2),
    refuses: {
      'on the return alone': [buys(0), sendsBack(2, 'o-0')],
      'on the bad score alone': [buys(0), recommends(3, 2)],
      'with a good score': [buys(0), sendsBack(2, 'o-0'), recommends(3, 9)],
      'once aware': [buys(0), buys(9), sendsBack(10, 'o-0'), recommends(11, 2)],
    },
    quiet: visits(3),
  },
  'awareness > expansion: boughtRegularly': {
    given: buysEvery(7, 0, 42),
    fires: buys(49),
    refuses: { 'buying every other cycle': buysEvery(18, 0, 180) },
    quiet: visits(49),
  },
  'awareness > expansion: boughtAndTrusts': {
    given: buysEvery(7, 0, 35),
    fires: buys(42, { products: kinds }),
    refuses: {
      'with one kind of goods': [...buysEvery(7, 0, 35), buys(42, { products: [category('bread')] })],
      'with a bad score': [...buysEvery(7, 0, 42), rates(43, 1)],
    },
    quiet: visits(42),
  },
  'expansion > commitment: boughtFaithfully': {
    given: buysEvery(7, 0, 203),
    fires: buys(210),
    refuses: {
      'before half a year': buysEvery(7, 0, 203),
      'with an open escalation': [...buysEvery(7, 0, 203), opensCase(204), escalates(205), buys(210)],
      'within 90 days of a bad score': [...buysEvery(7, 0, 196), recommends(197, 3), buys(203), buys(210)],
      'with gaps': buysEvery(11, 0, 363),
    },
    quiet: visits(210),
  },
  'expansion > commitment: boughtAndRecommends': {
    given: buysEvery(7, 0, 112),
    fires: refers(113),
    refuses: {
      'with an open escalation': [...buysEvery(7, 0, 112), opensCase(112.5), escalates(112.6), refers(113)],
      'on a bad score': [...buysEvery(7, 0, 112), recommends(113, 3)],
      'too early': [...weekly, refers(99)],
    },
    quiet: visits(113),
  },
  'expansion > awareness: boughtRarely': {
    given: [...buysEvery(7, 0, 63), buys(103), buys(143)],
    fires: buys(183),
    refuses: { 'while buying every other cycle': [...buysEvery(7, 0, 63), ...buysEvery(15, 78, 200)] },
    quiet: visits(150),
  },
  'commitment > expansion: boughtLess': {
    given: [...buysEvery(7, 0, 210), ...buysEvery(18, 228, 282)],
    fires: buys(300),
    refuses: { 'after one gap': [...buysEvery(7, 0, 210), buys(240)] },
    quiet: visits(283),
  },
  'awareness > dissolution: lapsed': {
    given: occasional,
    fires: silence(200),
    refuses: { 'while buying now and then': [...occasional, buys(60), buys(110), buys(160), silence(200)] },
    quiet: visits(40),
  },
  'awareness > dissolution: endedBySupplier': {
    given: occasional,
    fires: supplierEnds(20),
    refuses: { 'when it was reopened later': [...occasional, supplierReopens(21), supplierEnds(20)] },
    quiet: flags(20),
  },
  'dissolution > awareness: boughtAgain': {
    given: lost,
    fires: buys(210),
    refuses: {
      'when the supplier ended it': [...ended, buys(30)],
      'for an old purchase that is told late': [...lost, visits(205), buys(30)],
    },
    quiet: clicks(210),
  },
  'dissolution > awareness: reopened': {
    given: ended,
    fires: supplierReopens(40),
    refuses: {
      'for a customer who left by herself': [...lost, supplierReopens(210)],
      'while a flag stands': [...occasional, flags(19), supplierEnds(20), flags(21)],
    },
    quiet: buys(40),
  },
  'dissolution > exploration: reopenedNew': {
    given: [visits(0), flags(1), supplierEnds(2)],
    fires: flags(5, true),
    refuses: { 'for a flag raised': [visits(0), supplierEnds(2), flags(5)] },
    quiet: visits(5),
  },
  'well > atRisk: overdue': {
    given: occasional,
    fires: silence(75),
    refuses: {
      'within the own rhythm': [...buysEvery(30, 0, 120), silence(150)],
      'within the floor': [...buysEvery(1, 0, 40), silence(60)],
    },
    quiet: silence(40),
  },
  'well > atRisk: detractor': {
    given: occasional,
    fires: recommends(20, 6),
    refuses: { 'for a passive': [...occasional, recommends(20, 7)] },
    quiet: visits(20),
  },
  'well > atRisk: caseEscalated': {
    given: [...occasional, opensCase(20)],
    fires: escalates(21),
    refuses: { 'when it is resolved already': [...occasional, resolves(22), escalates(21)] },
    quiet: visits(21),
  },
  'well > atRisk: caseReopened': {
    given: [...occasional, opensCase(20), resolves(21)],
    fires: reopens(22),
    refuses: { 'when it was resolved again': [...occasional, resolves(23), reopens(22)] },
    quiet: visits(22),
  },
  'well > atRisk: subscriptionCancelled': {
    given: [...occasional, subscribes(16)],
    fires: unsubscribes(17),
    refuses: { 'when it was renewed later': [...occasional, subscribes(18), unsubscribes(17)] },
    quiet: visits(17),
  },
  'well > atRisk: firstOrderRevoked': {
    given: [buys(0)],
    fires: sendsBack(2, 'o-0'),
    refuses: {
      'for another order': [buys(0), sendsBack(2, 'o-9')],
      'once aware': [...occasional, sendsBack(16, 'o-0')],
    },
    quiet: visits(2),
  },
  'well > atRisk: caseOverdue': {
    given: [buys(0), opensCase(1)],
    fires: missesDeadline(3),
    refuses: { 'once aware': [...occasional, opensCase(16), missesDeadline(17)] },
    quiet: visits(3),
  },
  'well > none: dissolved': {
    given: occasional,
    fires: supplierEnds(20),
    refuses: { 'while the relationship lives': [...occasional, buys(20)] },
  },
  'atRisk > none: dissolved': {
    given: atRisk,
    fires: silence(200),
    refuses: { 'while the relationship lives': [...atRisk, visits(80)] },
  },
  'recovering > none: dissolved': {
    given: recovering,
    fires: supplierEnds(81),
    refuses: { 'while the relationship lives': [...recovering, buys(85)] },
  },
  'atRisk > recovering: boughtAgain': {
    given: atRisk,
    fires: buys(80),
    refuses: { 'for a visit': [...atRisk, visits(80)], 'for a click': [...atRisk, clicks(80)] },
    quiet: visits(80),
  },
  'atRisk > recovering: caseResolved': {
    given: [...occasional, opensCase(20), escalates(21)],
    fires: resolves(22),
    refuses: {
      'while another case is escalated': [
        ...occasional,
        escalates(20, 'k-1'),
        escalates(20.5, 'k-2'),
        resolves(22, 'k-1'),
      ],
    },
    quiet: visits(22),
  },
  'atRisk > recovering: satisfied': {
    given: [...occasional, recommends(20, 3)],
    fires: recommends(21, 9),
    refuses: { 'for another bad score': [...occasional, recommends(20, 3), recommends(21, 5)] },
    quiet: visits(21),
  },
  'atRisk > recovering: subscriptionRenewed': {
    given: [...occasional, unsubscribes(16)],
    fires: subscribes(17),
    refuses: { 'for another cancellation': [...occasional, unsubscribes(16), unsubscribes(17)] },
    quiet: visits(17),
  },
  'recovering > well: backInRhythm': {
    given: [...recovering, buys(85)],
    fires: buys(90),
    refuses: {
      'on the first': [...recovering, buys(85)],
      'twice on one day': [...recovering, buys(85), buys(85.1)],
      'with a case escalated': [...recovering, opensCase(81), escalates(82), buys(85), buys(90), buys(95)],
    },
    quiet: visits(90),
  },
  'recovering > well: madeUp': {
    given: [...occasional, opensCase(20), escalates(21), resolves(22)],
    fires: rates(23, 5),
    refuses: {
      'with another case open': [
        ...occasional,
        escalates(21),
        resolves(22),
        opensCase(22.5, 'k-2'),
        rates(23, 5),
      ],
      'with a middling score': [...occasional, escalates(21), resolves(22), rates(23, 3)],
    },
    quiet: visits(23),
  },
  'recovering > atRisk: overdue': {
    given: recovering,
    fires: silence(180),
    refuses: { 'within the own rhythm': [...recovering, silence(100)] },
    quiet: visits(85),
  },
  'recovering > atRisk: detractor': {
    given: recovering,
    fires: recommends(81, 2),
    refuses: { 'for a good score': [...recovering, recommends(81, 8)] },
    quiet: visits(81),
  },
  'none > recovering: revived': {
    given: lost,
    fires: buys(210),
    refuses: { 'while it is over': [...ended, buys(30)] },
    quiet: visits(210),
  },
};

describe.each(Object.entries(rules))('%s', (name, { given, fires, refuses, quiet }) => {
  test('fires', () => {
    const { customer } = lives(given);
    expect(rulesOf(lives([fires], customer).transitions)).toContain(name);
  });

  test.each(Object.entries(refuses))('refuses %s', (_, story) => {
    expect(rulesOf(lives(story).transitions)).not.toContain(name);
  });

  if (quiet)
    test('stays quiet on anything else', () => {
      const { customer } = lives(given);
      expect(rulesOf(lives([quiet], customer).transitions)).toEqual([]);
    });
});

test('every rule of retail@1 is specified above', () => {
  const specified = new Set(Object.keys(rules).map((name) => name.split(': ')[1]));
  const named = Object.values(retailDefinition.machine.states).flatMap(({ states }) =>
    Object.values(states).flatMap(({ on }) =>
      Object.values(on ?? {}).flatMap((refs) => [refs].flat().map(({ meta }) => meta.rule)),
    ),
  );
  expect([...new Set(named)].filter((rule) => !specified.has(rule))).toEqual([]);
});

test('a committed customer who falls silent is at risk long before she is lost', () => {
  const { transitions } = lives([...faithful, buys(210), silence(400)]);
  expect(rulesOf(transitions)).toEqual([
    'exploration > awareness: cameBack',
    'awareness > expansion: boughtRegularly',
    'expansion > commitment: boughtFaithfully',
    'well > atRisk: overdue',
    'commitment > expansion: boughtLess',
    'expansion > dissolution: lapsed',
    'atRisk > none: dissolved',
  ]);
  const [overdue, lapsed] = [transitions[3]!, transitions[5]!];
  expect((lapsed.at - overdue.at) / 86_400_000).toBeGreaterThan(30);
});
