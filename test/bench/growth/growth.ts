import { openArena } from '../arena.js';
import { ours } from '../contestants/ours.js';
import { root } from '../../support/processes.js';
import { setting, settingLine, type Setting } from '../report/machine.js';
import { count, type Report } from '../report/report.js';
import { hotCustomer, type HotCustomer } from './hot-customer.js';
import { history, livePerSecond, measuredSeconds, population, type Population } from './population.js';
import { twoProcesses, type TwoProcesses } from './two-processes.js';

export interface GrowthOptions {
  /** How many customers, ascending. */
  readonly customers: readonly number[];
  readonly hotEvents: number;
  readonly mongoEvents: number;
}

export interface Growth {
  readonly populations: readonly Population[];
  /** Cost of a live event with the most customers by that with the fewest. */
  readonly costRatio: number;
  readonly hot: HotCustomer;
  readonly two: TwoProcesses | null;
  readonly setting: Setting;
}

/** What more customers, a busy one and a second process change, on a Kafka of its own. */
export async function growth(
  { customers, hotEvents, mongoEvents }: GrowthOptions,
  said: (line: string) => void,
): Promise<Growth> {
  const where = setting(root);
  said('starting Kafka');
  const arena = await openArena();
  try {
    const populations: Population[] = [];
    for (const each of customers) {
      said(`${count(each)} customers`);
      populations.push(await population(each, ours(), arena, said));
    }
    const [fewest, most] = [populations[0], populations.at(-1)];
    const costRatio = Math.round(((most?.cpuMicros ?? 0) / (fewest?.cpuMicros ?? 1)) * 100) / 100;
    said('one hot customer');
    const hot = await hotCustomer(hotEvents, ours(), arena);
    said('two processes');
    const two = mongoEvents > 0 ? await twoProcesses(mongoEvents, arena) : null;
    return { populations, costRatio, hot, two, setting: where };
  } finally {
    await arena.close();
  }
}

export const growthReport = ({ populations, costRatio, hot, two, setting }: Growth): Report => ({
  section: 'growth',
  measured:
    `${count(livePerSecond)} live events a second for ${measuredSeconds} s, drawn from all customers, who had ${history} each on average before; ` +
    settingLine(setting),
  cells: [
    ['customers', 'CPU µs/live event', 'history events/s', 'peak MiB', 'own MiB', 'stored bytes/customer'],
    ...populations.map((p) =>
      [p.customers, p.cpuMicros, p.historyPerSecond, p.rssMb, p.ownMb, p.storedBytes].map(count),
    ),
  ],
  notes: [
    `a live event with the most customers costs ${costRatio} × one with the fewest`,
    `with one customer alone in a partition the other seven take ${hot.ratio} × the time (${hot.hotSeconds} s and ${hot.evenSeconds} s for ${count(hot.events)} events in all)`,
    ...(two
      ? [
          `two processes on one MongoDB took ${two.shares.join(' and ')} of ${count(two.events)} events, in ${two.seconds} s`,
        ]
      : []),
  ],
});
