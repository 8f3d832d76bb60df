import { writeFile } from 'node:fs/promises';
import type { Terminal } from '../../terminal.js';
import { printOne } from '../../output.js';
import type { WhatIfFormat } from '../what-if-formats.js';
import type { Part } from './part.js';
import { resultOf, type Compared } from './result.js';
import { csvHeading, csvLine, writeCustomers } from './write-customers.js';
import { whatIfText } from './what-if-text.js';

export interface Destinations {
  readonly output: WhatIfFormat;
  /** A page of HTML. */
  readonly report?: string | undefined;
  /** All customers as CSV, NDJSON or Parquet. */
  readonly customers?: string | undefined;
}

/** The what-if to stdout (as rows, one for each customer, by NDJSON and CSV) and into the files asked for. */
export async function printWhatIf(
  part: Part,
  compared: Compared,
  { output, report, customers }: Destinations,
  terminal: Terminal,
  command: string,
): Promise<void> {
  const result = await resultOf(part, compared);
  if (customers !== undefined) {
    await writeCustomers(customers, part.customers);
    terminal.say(`${customers}: ${part.customers.length.toLocaleString('en')} customers`);
  }
  if (report !== undefined) {
    const [{ renderReport }, { whatIfReport }] = await Promise.all([
      import('#html-report'),
      import('./what-if-report.js'),
    ]);
    await writeFile(report, renderReport(whatIfReport(result, command)));
    terminal.say(`${report}: the report; open it in a browser`);
  }
  switch (output) {
    case 'table':
    case 'json':
      return printOne(terminal, output, result, () => whatIfText(result));
    case 'ndjson':
    case 'csv':
      terminal.say(result.notice);
      if (output === 'csv') await terminal.out(csvHeading);
      for (const row of part.customers)
        await terminal.out(output === 'csv' ? csvLine(row) : `${JSON.stringify(row)}\n`);
  }
}
