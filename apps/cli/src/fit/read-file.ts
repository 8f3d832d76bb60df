import { basename } from 'node:path';
import { parseTime, type InputEvent } from '#contracts';
import { Failure } from '../failure.js';
import { noonOf } from '../import/noon.js';
import { csvRows, type RowProblem, type TableRow } from '../import/rows.js';
import { byCustomer, type CustomerEvents, type CustomerSource } from './customers.js';

const columns = ['customer', 'date', 'value'];

/** The purchases of a file, as orders; a day is taken at noon of `zone`. @throws Failure naming file, line and what is allowed. */
export function fileSource(path: string, zone: string): CustomerSource {
  let read: Promise<readonly CustomerEvents[]> | undefined;
  return {
    name: path,
    async *read() {
      yield* await (read ??= customersIn(path, zone));
    },
  };
}

async function customersIn(path: string, zone: string): Promise<readonly CustomerEvents[]> {
  const refuse = ({ line, problem }: Omit<RowProblem, 'file'>): never => {
    throw new Failure(`${path}:${line}: ${problem}`);
  };
  const orders: InputEvent[] = [];
  for await (const row of csvRows(path, columns, refuse)) {
    const order = orderOf(row, basename(path), zone);
    if (typeof order === 'string') refuse({ line: row.number + 1, problem: order });
    else orders.push(order);
  }
  if (orders.length === 0) throw new Failure(`${path}: holds a heading and no purchases`);
  return byCustomer(orders);
}

function orderOf({ number, fields }: TableRow, file: string, zone: string): InputEvent | string {
  const { customer = '', date = '', value = '' } = fields;
  if (customer.trim() === '') return 'customer must not be empty';
  const at = noonOf(date, zone) ?? parseTime(date);
  if (Number.isNaN(at)) return `date '${date}' is none; allowed: YYYY-MM-DD, YYYYMMDD, or an RFC 3339 time`;
  const total = Number(value);
  if (value.trim() === '' || !(total >= 0) || total === Infinity)
    return `value '${value}' is none; allowed: numbers from 0`;
  const orderId = `${file}#${number}`;
  return {
    ...{ id: orderId, source: '/file', type: 'order.completed.v1', subject: customer, at },
    data: { orderId, total, currency: 'USD', products: total > 0 ? [] : free },
  };
}

/** Without goods an order of 0 would be a visit. */
const free = [{ productId: 'any', price: 0, quantity: 1 }];
