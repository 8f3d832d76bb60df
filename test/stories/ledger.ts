import type { DataOf, OutputType } from '#contracts';

interface Entry {
  readonly type: string;
  readonly data: object;
}

/** A ledger entry as a story with `ledger: true` shows it; undefined for what it leaves out, such as coupons. */
export function ledgerLine({ type, data }: Entry): string | undefined {
  switch (type) {
    case 'points.changed.v1': {
      const { reason, change, balance, pendingChange } = as<typeof type>(data);
      const waits = pendingChange === 0 ? '' : ` (${signed(pendingChange)})`;
      return `points ${reason}${waits}${change === 0 ? '' : ` ${signed(change)} = ${balance}`}`;
    }
    case 'tier.changed.v1': {
      const { from, to } = as<typeof type>(data);
      return `tier ${from} → ${to}`;
    }
    case 'reward.granted.v1': {
      const { rewardId, amount, currency } = as<typeof type>(data);
      return ['reward', rewardId, amount, currency].filter(Boolean).join(' ');
    }
    case 'redemption.accepted.v1':
      return `redemption ${as<typeof type>(data).redemptionId} accepted`;
    case 'redemption.refused.v1': {
      const { redemptionId, reason } = as<typeof type>(data);
      return `redemption ${redemptionId} refused: ${reason}`;
    }
    default:
      return undefined;
  }
}

/** Whether a line of an outcome is of the ledger. */
export const isOfLedger = (text: string): boolean => /^(points|tier|reward|redemption) /.test(text);

const as = <Type extends OutputType>(data: object) => data as DataOf<Type>;
const signed = (points: number) => (points < 0 ? `${points}` : `+${points}`);
