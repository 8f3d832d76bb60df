import type { CustomerFields } from './customer.schema.js';

/** The CloudEvents that it reads, as far as it cares. */
export interface ShopEvent {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly data: { readonly total?: number; readonly score?: number };
}

/** What an event changes, as a MongoDB update. */
export function updateOf({ type, time, data }: ShopEvent) {
  switch (type) {
    case 'order.completed.v1':
      return { $inc: { purchases: 1, spend: data.total ?? 0 }, $set: { lastPurchaseAt: new Date(time) } };
    case 'order.returned.v1':
      return { $inc: { returns: 1 } };
    case 'case.opened.v1':
      return { $inc: { openCases: 1 } };
    case 'case.resolved.v1':
      return { $inc: { openCases: -1 } };
    case 'case.escalated.v1':
      return { $inc: { escalations: 1 } };
    case 'survey.answered.v1':
      return { $set: { nps: data.score ?? -1 } };
    default:
      return { $inc: { engagements: 1 } };
  }
}

export function stageOf({ stage, purchases, openCases, escalations, nps }: CustomerFields): string {
  if (openCases >= 3 || escalations >= 2 || (nps >= 0 && nps <= 3)) return 'dissolution';
  if (purchases >= 6 && (nps < 0 || nps >= 7)) return 'commitment';
  if (purchases >= 3) return 'expansion';
  if (purchases >= 1) return 'awareness';
  return stage === 'dissolution' ? stage : 'exploration';
}
