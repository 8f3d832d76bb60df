import { cdnowFile, receiptFile, sampleFolder } from '../project.js';
import { cdnow } from './cdnow.js';
import { completeJourney } from './complete-journey.js';
import type { Dataset } from './dataset.js';
import { receipt } from './receipt.js';

/** The data sets that the repository carries; a file of days is read at noon of the definition's zone. */
export const carried = {
  'complete-journey': () => completeJourney(sampleFolder),
  receipt: () => receipt(receiptFile),
  cdnow: (zone: string) => cdnow(cdnowFile, zone),
} as const satisfies Readonly<Record<string, (zone: string) => Dataset>>;

export type Carried = keyof typeof carried;
