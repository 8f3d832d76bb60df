import { Type, type Static } from 'typebox';
import { channelOrder, days, priority } from './settings.js';

export const supplierSettings = Type.Object(
  {
    reviewEveryDays: days(
      0,
      'A customer who did not buy more often in so many days than in as many before is reviewed; 0 is off.',
    ),
    priority: priority(75),
    channels: channelOrder('email', 'post'),
  },
  { additionalProperties: false, default: {} },
);

export type SupplierSettings = Static<typeof supplierSettings>;

/** Purchase days at the last review, and in the span before it; the second is unknown at first. */
export interface Review {
  readonly purchases: number;
  readonly before?: number;
}

export interface SupplierMemory {
  /** The action that asks `risk` about the flag that stands. */
  readonly question?: string;
  /** The relationship was ended, and whether for fraud. */
  readonly ended?: 'fraud' | 'end';
  readonly review?: Review;
}
