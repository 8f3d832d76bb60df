import { settingLine } from '../report/machine.js';
import { count, type Report } from '../report/report.js';
import type { Beside, ProducerRates } from './producers.js';

export const producerReport = (rates: ProducerRates): Report => ({
  section: 'producers',
  measured: `Medians of ${rates.rounds} rounds; ${settingLine(rates.setting)}`,
  cells: [
    ['', 'events', 'events/s', 'kafkajs events/s', 'ratio'],
    ...(['publish', 'import'] as const).map((name) => [`perennial ${name}`, ...row(rates[name])]),
  ],
  notes: [],
});

const row = ({ events, perSecond, plainPerSecond, ratio }: Beside) =>
  [events, perSecond, plainPerSecond, ratio].map(count);
