import type { LogRecord, OutboundRecord } from '#pipeline';
import { Comparison } from './comparison.js';

interface Output {
  readonly id: string;
  readonly key: string;
  readonly text?: string;
}
const value = ({ id, text = '' }: Output) => JSON.stringify({ id, text });
const expected = (outputs: readonly Output[]): OutboundRecord[] =>
  outputs.map((output) => ({ topic: 'out', key: output.key, value: value(output) }));

async function* topic(outputs: readonly Output[]): AsyncGenerator<LogRecord> {
  for (const [offset, output] of outputs.entries())
    yield {
      topic: 'out',
      partition: 0,
      offset,
      timestamp: 0,
      key: Buffer.from(output.key),
      value: Buffer.from(value(output)),
      headers: {},
    };
}

async function compare(batches: readonly (readonly Output[])[], actual: readonly Output[], grown = false) {
  const comparison = new Comparison('out', 0, topic(actual));
  for (const batch of batches) await comparison.expect(expected(batch), 1);
  await comparison.end(grown);
  return {
    matched: comparison.matched,
    problems: comparison.differences.map(({ problem, id, offset }) => [problem, id, offset]),
  };
}

const a1 = { id: 'a1', key: 'a' };
const a2 = { id: 'a2', key: 'a' };
const b1 = { id: 'b1', key: 'b' };

describe('comparing a topic with a replay', () => {
  it('finds nothing where they are equal', async () => {
    expect(await compare([[a1], [b1, a2]], [a1, b1, a2])).toEqual({ matched: 3, problems: [] });
  });

  it('lets customers change places within a batch', async () => {
    expect(await compare([[a1, a2, b1]], [b1, a1, a2])).toEqual({ matched: 3, problems: [] });
  });

  it('finds what is missing', async () => {
    expect((await compare([[a1], [b1, a2]], [a1, a2])).problems).toEqual([['missing', 'b1', undefined]]);
  });

  it('finds what nobody decided, and what stands there twice', async () => {
    expect((await compare([[a1]], [a1, b1])).problems).toEqual([['unexpected', 'b1', 1]]);
    expect((await compare([[a1], [a2]], [a1, a1, a2])).problems).toEqual([['unexpected', 'a1', 1]]);
  });

  it('finds other bytes under the same id', async () => {
    expect((await compare([[a1]], [{ ...a1, text: 'other' }])).problems).toEqual([['bytes', 'a1', 0]]);
  });

  it('finds another order within one customer', async () => {
    expect((await compare([[a1, a2]], [a2, a1])).problems).toEqual([['order', 'a1', 1]]);
  });

  it('takes what follows for later batches when the log has grown', async () => {
    expect((await compare([[a1]], [a1, b1], true)).problems).toEqual([]);
  });
});
