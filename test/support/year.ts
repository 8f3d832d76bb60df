import type { Fact } from './embedded-engine.js';

export const DAY = 86_400_000;
export const START = Date.now() - 400 * DAY;

/** A linear congruential generator: the same numbers for the same seed. */
export const random = (seed: number) => () => (seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;

/** A profile and an opt-in for each customer, a day before the year. */
export const profiles = (facts: readonly Fact[]): Fact[] =>
  [...new Set(facts.map((f) => f.subject))].flatMap((subject) => [
    {
      id: `profile-${subject}`,
      type: 'profile.updated.v1',
      subject,
      at: START - DAY,
      data: { locale: 'de-AT' },
    },
    {
      id: `consent-${subject}`,
      type: 'consent.changed.v1',
      subject,
      at: START - DAY,
      data: { purpose: 'marketing', channel: 'email', granted: true },
    },
  ]);

/** A year of shoppers with rhythms of their own, some of whom fall silent, complain, or come back. In event order. */
export function year(customers: number, seed: number): Fact[] {
  const next = random(seed);
  const facts: Fact[] = [];
  for (let c = 0; c < customers; c++) {
    const subject = `c${c}`;
    const gap = (3 + next() * 25) * DAY;
    let n = 0;
    const add = (type: string, at: number, data: unknown) =>
      facts.push({ id: `${subject}-${n++}`, type, subject, at: Math.round(at), data });
    for (let at = START + next() * 90 * DAY; at < START + 390 * DAY; at += gap * (0.3 + next() * 1.4)) {
      if (next() < 0.05) at += 120 * DAY * next();
      if (at > START + 390 * DAY) break;
      add('order.completed.v1', at, {
        orderId: `${subject}-${n}`,
        total: 10 + next() * 90,
        currency: 'EUR',
        products: [],
      });
      if (next() < 0.1) add('campaign.sent.v1', at + DAY, { campaignId: 'k', channel: 'post' });
      if (next() < 0.05) add('case.opened.v1', at + DAY / 2, { caseId: `${subject}-${n}` });
      if (next() < 0.05)
        add('survey.answered.v1', at + DAY / 3, { survey: 'nps', score: Math.floor(next() * 11) });
    }
  }
  return facts.sort((a, b) => a.at - b.at);
}
