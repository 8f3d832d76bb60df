import { basename } from 'node:path';
import { bytesOf, linesOf } from '../lines.js';
import { Failure } from '../failure.js';
import type { Dataset, ImportedEvent } from './dataset.js';
import { noonOf } from './noon.js';
import type { RowProblem } from './rows.js';

const longestRow = 1_000;

/**
 * A CDNOW file: customer, (id in the sample,) day, CDs, dollars, in columns cut by blanks. A purchase is at noon of
 * `zone`. Exact duplicate rows are real purchases, so an event's identity is file and line.
 */
export function cdnow(path: string, zone: string): Dataset {
  return {
    name: 'cdnow',
    source: '/import/cdnow',
    files: [path],
    end: Date.UTC(1998, 6, 1, 4),
    zone,
    events: (reject) => purchases(path, zone, reject),
  };
}

/** The whole set names its columns in the first line; the sample does not. */
const heading = /^[a-z_]+(\s+[a-z_]+)+$/i;

async function* purchases(
  path: string,
  zone: string,
  reject: (problem: RowProblem) => void,
): AsyncGenerator<ImportedEvent> {
  const file = basename(path).replace(/\.gz$/, '');
  let rows = 0;
  let bad = 0;
  for await (const { number: line, bytes } of linesOf(bytesOf(path), longestRow)) {
    const text = bytes?.toString('latin1').trim();
    if (text === '' || (line === 1 && heading.test(text ?? ''))) continue;
    const event = purchase(text ?? '', `${file}#${line}`, zone);
    if (typeof event === 'string') {
      reject({ file: path, line, problem: event });
      bad += 1;
      if (rows === 0 && bad === 10)
        throw new Failure(`${path}: none of the first ${bad} lines is 'customer yyyymmdd CDs dollars'`);
    } else {
      rows += 1;
      yield event;
    }
  }
}

function purchase(text: string, id: string, zone: string): ImportedEvent | string {
  const columns = text.split(/\s+/);
  const [day, cds, dollars] = columns.slice(-3);
  const [customer] = columns;
  if (columns.length < 4 || columns.length > 5 || day === undefined || customer === undefined)
    return `${columns.length} columns, expected customer, yyyymmdd, CDs, dollars`;
  const at = noonOf(day, zone);
  if (at === undefined) return `'${day}' is not a day (yyyymmdd)`;
  const [quantity, total] = [Number(cds), Number(dollars)];
  if (!(quantity > 0) || !(total >= 0))
    return `CDs '${cds}' and dollars '${dollars}' must be numbers, from 1 and from 0`;
  return {
    id,
    type: 'order.completed.v1',
    subject: `cdnow-${customer}`,
    at,
    data: {
      orderId: id,
      total,
      currency: 'USD',
      products: [{ productId: 'cd', category: 'music', price: cents(total / quantity), quantity }],
    },
  };
}

const cents = (amount: number) => Math.round(amount * 100) / 100;
