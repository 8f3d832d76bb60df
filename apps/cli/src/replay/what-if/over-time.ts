import { stages } from '#contracts';
import type { StageCell, Staying } from './part.js';
import { pair, type Pair } from './sides.js';

/** Customers in a stage at the end of a month. */
export interface StageCount {
  readonly month: string;
  readonly stage: string;
  readonly against: number;
  readonly candidate: number;
}

/** Month by month from the changes: every stage of every month from the first to the last. */
export function stagesOverTime(cells: readonly StageCell[]): readonly StageCount[] {
  const changes = new Map(cells.map(({ stage, month, change }) => [`${stage} ${month}`, change]));
  const standing = new Map<string, Pair>(stages.map((stage) => [stage, pair()]));
  return monthsBetween(cells.map(({ month }) => month)).flatMap((month) =>
    stages.map((stage) => {
      const count = standing.get(stage)!;
      const change = changes.get(`${stage} ${month}`) ?? [0, 0];
      count[0] += change[0];
      count[1] += change[1];
      return { month, stage, against: count[0], candidate: count[1] };
    }),
  );
}

/** `yyyy-mm`, from the first named to the last, none left out. */
function monthsBetween(named: readonly string[]): string[] {
  const [first, last] = [named.reduce(least, '9999'), named.reduce(greatest, '')];
  const months: string[] = [];
  for (let month = first; month <= last; month = following(month)) months.push(month);
  return months;
}

const least = (a: string, b: string) => (a < b ? a : b);
const greatest = (a: string, b: string) => (a > b ? a : b);
function following(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number)).toISOString().slice(0, 7);
}

/** Of the customers who were followed for so many months after their first event, how many were not in dissolution then. */
export interface StayingAt {
  readonly month: number;
  readonly followed: number;
  readonly against: number;
  readonly candidate: number;
}

/** Fewer than this would be chance. */
const fewest = 10;

export const stayingOverTime = ({ followed, stayed }: Staying): readonly StayingAt[] =>
  followed
    .map((count, month) => ({
      month,
      followed: count,
      against: stayed[0][month] ?? 0,
      candidate: stayed[1][month] ?? 0,
    }))
    .filter(({ month, followed: count }) => month === 0 || count >= fewest);
