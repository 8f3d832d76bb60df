/** How a what-if is printed; by NDJSON and CSV a row for each customer. */
export const whatIfFormats = ['table', 'json', 'ndjson', 'csv'] as const;
export type WhatIfFormat = (typeof whatIfFormats)[number];
