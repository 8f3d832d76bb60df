import type { DataOf } from '#contracts';
import { orderKey } from '../../facts/order-book.js';
import { entryOf } from '../../packed.js';
import { spend } from './ledger.js';
import { spendableOf } from './memory.js';
import { grant, type Reward } from './rewards.js';
import type { LoyaltySettings } from './settings.js';
import { publish, type Work } from './work.js';

type Request = DataOf<'redemption.requested.v1'>;
type Refusal = DataOf<'redemption.refused.v1'>['reason'];

const width = 7;
const mostAnswered = 64;
const shopCredit = 'shop-credit';

/**
 * Answers a request, accepted or refused; once, among the last 64 of the customer. `source` tells the ids of two senders
 * apart.
 */
export function redeem(work: Work, source: string, request: Request): void {
  const { redemptionId, points } = request;
  const key = orderKey(`${source}#${redemptionId}`);
  const { answered } = work.memory;
  if (entryOf(answered, key, width) >= 0) return;
  work.memory.answered = (answered + key).slice(-width * mostAnswered);
  const facts = { points: spendableOf(work.memory) };
  const answer = judge(work, request);
  if (typeof answer === 'string') {
    const data = { redemptionId, reason: answer, balance: work.memory.balance };
    return publish(work, 'redemption.refused.v1', redemptionId, data, 'refused', facts);
  }
  spend(work, redemptionId, points);
  const grantId = grant(work, redemptionId, answer, 'redeemed', facts);
  const { rewardId } = answer;
  const data = { redemptionId, points, balance: work.memory.balance, rewardId, grantId };
  publish(work, 'redemption.accepted.v1', redemptionId, data, 'redeemed', facts);
}

/** What is granted for it, or why not. */
function judge({ moment, memory, settings }: Work, request: Request): Reward | Refusal {
  if (moment.fact('endedBySupplier') === true) return 'relationshipEnded';
  if ((moment.fact('flags') as readonly string[] | undefined)?.includes('fraud')) return 'fraudFlag';
  const reward = priced(request, settings);
  if (typeof reward === 'string') return reward;
  return request.points > spendableOf(memory) ? 'notEnoughPoints' : reward;
}

function priced({ rewardId = shopCredit, points }: Request, settings: LoyaltySettings): Reward | Refusal {
  if (rewardId === shopCredit) {
    const { perPoint, currency, minimum, validDays } = settings.credit;
    if (points < minimum) return 'belowMinimum';
    const amount = Math.floor(points * perPoint * 100 + 1e-6) / 100;
    return { rewardId, quantity: 1, validDays, credit: { amount, currency } };
  }
  const listed = settings.rewards.find((reward) => reward.rewardId === rewardId);
  if (!listed) return 'unknownReward';
  if (points !== listed.points) return 'wrongPrice';
  return { rewardId, quantity: 1, validDays: listed.validDays, partner: listed.partner };
}
