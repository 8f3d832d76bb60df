import { join } from 'node:path';
import { projectRoot } from '../project.js';
import { cdnow } from './cdnow.js';
import type { ImportedEvent } from './dataset.js';
import type { RowProblem } from './rows.js';

const sample = join(projectRoot, 'test/fixtures/cdnow/CDNOW_sample.txt');

describe('the CDNOW sample', () => {
  const events: ImportedEvent[] = [];
  beforeAll(async () => {
    const problems: RowProblem[] = [];
    const reject = (problem: RowProblem) => void problems.push(problem);
    for await (const event of cdnow(sample, 'America/New_York').events(reject)) events.push(event);
    expect(problems).toEqual([]);
  });

  it('gives one order for each of its 6,919 rows, exact duplicates included', () => {
    expect(events).toHaveLength(6_919);
    expect(new Set(events.map(({ id }) => id)).size).toBe(6_919);
    expect(new Set(events.map(({ subject }) => subject)).size).toBe(2_357);
  });

  it('reads a purchase at noon of its day in the zone, its identity file and line', () => {
    expect(events[0]).toEqual({
      id: 'CDNOW_sample.txt#1',
      type: 'order.completed.v1',
      subject: 'cdnow-00004',
      at: Date.UTC(1997, 0, 1, 17),
      data: {
        orderId: 'CDNOW_sample.txt#1',
        total: 29.33,
        currency: 'USD',
        products: [{ productId: 'cd', category: 'music', price: 14.67, quantity: 2 }],
      },
    });
  });

  it('may begin with the names of its columns, as the whole set does', async () => {
    const master = cdnow(join(projectRoot, 'test/fixtures/cdnow/CDNOW_master.txt.gz'), 'UTC');
    const problems: RowProblem[] = [];
    let rows = 0;
    for await (const event of master.events((problem) => void problems.push(problem))) rows += event ? 1 : 0;
    expect([rows, problems]).toEqual([69_659, []]);
  });

  it('is told from another kind of file within ten lines', async () => {
    const other = cdnow(join(projectRoot, 'package-lock.json'), 'UTC');
    const reading = async () => {
      for await (const event of other.events(() => undefined)) void event;
    };
    await expect(reading()).rejects.toThrow("is 'customer yyyymmdd CDs dollars'");
  });
});
