/** `npm run soak`: see `options.ts`. */
import { kafka, ownServer } from '#testing';
import { optionsOf } from './options.js';
import { soak } from './soak.js';
import { tableOf } from './table.js';

const { output, ...options } = optionsOf(process.argv.slice(2));
const began = performance.now();
const tell = (what: string) =>
  process.stderr.write(`${String(Math.round((performance.now() - began) / 1_000)).padStart(5)} s  ${what}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const given = process.env['KAFKA_BROKERS'];
const server = options.on === 'kafka' && !given ? await ownServer(kafka) : undefined;
try {
  const brokers = options.on === 'kafka' ? (given ?? server?.address) : undefined;
  const soaked = await soak(options, brokers, tell);
  process.stdout.write(output === 'json' ? `${JSON.stringify(soaked, null, 2)}\n` : tableOf(soaked));
  process.exitCode = soaked.sound ? 0 : 1;
} finally {
  await server?.end();
}
process.exit();
