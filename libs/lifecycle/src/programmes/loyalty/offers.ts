import { formatTime } from '#contracts';
import { daysAfter, lastedSince, numberFact, readFacts, type RestsOn } from '../reading.js';
import { propose } from './notices.js';
import { tierOf } from './tiers.js';
import type { Work } from './work.js';

/** With a purchase, a discount for frequent buyers or an offer for members of the tier, where the last one is long ago. */
export function offerSomething(work: Work): void {
  const { moment, memory, settings } = work;
  if (moment.late) return;
  const { purchases, percent, everyDays } = settings.frequentBuyer;
  const bought = () => numberFact(moment, 'recentPurchases') ?? 0;
  if (percent > 0 && lastedSince(memory.frequentAt, everyDays, moment.at) && bought() >= purchases) {
    memory.frequentAt = moment.at;
    return offer(work, 'frequent-buyer', percent, {}, readFacts(moment, 'returns', 'ordersCancelled'));
  }
  const { name, offerPercent } = tierOf(memory, settings);
  if (offerPercent === 0 || !lastedSince(memory.membersAt, settings.membersEveryDays, moment.at)) return;
  memory.membersAt = moment.at;
  offer(work, 'members-offer', offerPercent, { membersOnly: name }, { tier: name });
}

function offer(
  work: Work,
  what: string,
  percent: number,
  terms: Readonly<Record<string, string>>,
  restsOn: RestsOn,
): void {
  const { moment, settings } = work;
  const until = daysAfter(moment, settings.offerDays);
  propose(work, what, {
    kind: 'offer',
    purpose: 'marketing',
    audience: 'customer',
    channels: settings.channels,
    variables: { percent, ...terms, until: formatTime(until) },
    offerUntil: until,
    coupon: { percent, ...terms },
    evidence: {
      rule: `loyalty.${what}`,
      facts: { ...readFacts(moment, 'recentPurchases'), ...restsOn },
      causes: [moment.causeId],
    },
    restsOn,
  });
}
