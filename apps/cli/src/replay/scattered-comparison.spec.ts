import type { LogRecord, OutboundRecord } from '#pipeline';
import { found, scattered, ScatteredComparison } from './scattered-comparison.js';

interface Output {
  readonly id: string;
  readonly key: string;
  readonly partition: number;
  readonly text?: string;
}
const value = ({ id, text = '' }: Output) => JSON.stringify({ id, text });
const expected = (output: Output): OutboundRecord => ({ ...output, topic: 'out', value: value(output) });

async function* topic(outputs: readonly Output[]): AsyncGenerator<LogRecord> {
  for (const [offset, output] of outputs.entries())
    yield {
      topic: 'out',
      partition: output.partition,
      offset,
      timestamp: 0,
      key: Buffer.from(output.key),
      value: Buffer.from(value(output)),
      headers: {},
    };
}

async function compare(replayed: readonly Output[], actual: readonly Output[], grown = false) {
  const comparison = new ScatteredComparison('out');
  for (const output of replayed) comparison.expect(scattered(expected(output), 1));
  for await (const record of topic(actual)) comparison.compare(found(record));
  comparison.end(grown, 1);
  return {
    matched: comparison.matched,
    problems: comparison.differences.map(({ problem, id }) => `${problem} ${id}`),
  };
}

const bread = { id: 'one', key: 'bread', partition: 0 };
const milk = { id: 'two', key: 'milk', partition: 1 };

describe('comparing records that tasks of all partitions wrote', () => {
  it('asks for no order', async () => {
    expect(await compare([bread, milk], [milk, bread])).toEqual({ matched: 2, problems: [] });
  });

  it('finds what is missing, what nobody decided, and what stands there twice', async () => {
    expect((await compare([bread, milk], [bread])).problems).toEqual(['missing two']);
    expect((await compare([bread], [bread, milk])).problems).toEqual(['unexpected two']);
    expect((await compare([bread], [bread, bread])).problems).toEqual(['unexpected one']);
  });

  it('finds other bytes, another key and another partition', async () => {
    for (const other of [{ text: 'other' }, { key: 'butter' }, { partition: 1 }])
      expect((await compare([bread], [{ ...bread, ...other }])).problems).toEqual(['bytes one']);
  });

  it('takes what is left over for later batches when the log has grown', async () => {
    expect((await compare([bread], [bread, milk], true)).problems).toEqual([]);
  });
});
