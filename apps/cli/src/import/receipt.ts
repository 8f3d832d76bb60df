import { TZDate } from '@date-fns/tz';
import { basename } from 'node:path';
import { hashId } from '#contracts';
import { Failure } from '../failure.js';
import type { Dataset, ImportedEvent } from './dataset.js';
import { caseEvents, type Case, type Step } from './receipt-case.js';
import { customers, order } from './receipt-rule.js';
import { csvRows, type RowProblem, type TableRow } from './rows.js';

const zone = 'Europe/Amsterdam';
const day = 86_400_000;
const end = Date.UTC(2012, 0, 24);

/**
 * The receipt log of permit requests as support events of made-up customers; `receiptRule` states how. The file is held whole.
 */
export function receipt(path: string): Dataset {
  return {
    name: 'receipt',
    source: '/import/receipt',
    files: [path],
    end,
    zone,
    events: (reject) => events(path, reject),
  };
}

async function* events(path: string, reject: (problem: RowProblem) => void): AsyncGenerator<ImportedEvent> {
  const cases = new Map<string, Case>();
  for await (const { number, fields } of csvRows(path, columns, reject)) {
    const id = fields['case:concept:name'] ?? '';
    const step = stepOf(fields);
    const known = cases.get(id) ?? caseOf(id, fields);
    const problem = [step, known].find((read) => typeof read === 'string');
    if (typeof step === 'string' || typeof known === 'string')
      reject({ file: path, line: number + 1, problem: `${problem}` });
    else cases.set(id, { ...known, steps: [...known.steps, step] });
  }
  if (cases.size === 0) throw new Failure(`${basename(path)}: holds no case`);
  const told = [...cases.values()].flatMap((of) =>
    caseEvents({ ...of, steps: of.steps.toSorted((a, b) => a.at - b.at) }, end),
  );
  yield* [...firstOrders(told), ...told].sort((a, b) => a.at - b.at);
}

const columns = [
  'case:channel',
  'case:concept:name',
  'case:deadline',
  'case:enddate',
  'concept:instance',
  'concept:name',
  'org:resource',
  'time:timestamp',
];

const expected = 'is not yyyy-mm-dd hh:mm:ss.sss';

function caseOf(id: string, row: TableRow['fields']): Case | string {
  const { 'case:channel': channel = '', 'case:deadline': due = '', 'case:enddate': ended = '' } = row;
  const deadline = local(due);
  const end = local(ended);
  if (!id) return 'case:concept:name must not be empty';
  if (deadline === undefined) return `case:deadline: '${due}' ${expected}`;
  return { id, customer: customerOf(id), channel, deadline, ...(end !== undefined && { end }), steps: [] };
}

function stepOf(row: TableRow['fields']): Step | string {
  const {
    'concept:instance': task = '',
    'concept:name': activity = '',
    'org:resource': by = '',
    'time:timestamp': time = '',
  } = row;
  const at = local(time);
  if (!task || !by) return 'concept:instance and org:resource must not be empty';
  return at === undefined ? `time:timestamp: '${time}' ${expected}` : { task, activity, by, at };
}

function customerOf(caseId: string): string {
  const number = parseInt(hashId('receipt', caseId).slice(0, 8), 16) % customers;
  return `receipt-${String(number).padStart(3, '0')}`;
}

/** `yyyy-mm-dd hh:mm:ss.sss` by the clock on the desk's wall, in ms. */
function local(text: string): number | undefined {
  const parts = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)\.(\d{3})$/.exec(text)?.slice(1).map(Number);
  if (!parts) return undefined;
  const [year = 0, month = 0, date = 0, hour = 0, minute = 0, second = 0, ms = 0] = parts;
  return new TZDate(year, month - 1, date, hour, minute, second, ms, zone).getTime();
}

function firstOrders(told: readonly ImportedEvent[]): ImportedEvent[] {
  const first = new Map<string, number>();
  for (const { subject, at } of told) first.set(subject, Math.min(at, first.get(subject) ?? Infinity));
  return [...first].map(([subject, at]) => ({
    id: `made-up-order-${subject}`,
    type: 'order.completed.v1',
    subject,
    at: at - order.daysBefore * day,
    data: { orderId: `made-up-${subject}`, total: order.total, currency: 'EUR', products: [] },
  }));
}
