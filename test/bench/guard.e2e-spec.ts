import { describeWith, freshName, kafka } from '#testing';
import { fill, openArena, partitions } from './arena.js';
import { ceiling } from './contestants/ceiling.js';
import { ours } from './contestants/ours.js';
import { backlogOf } from './load/load.js';
import { workOff, type Backlog } from './measure/backlog.js';
import { publishedIn, shapeOf, type OutputShape } from './measure/output-shape.js';

const load = { events: 12_000, customers: 1_200, shape: 'even', seed: 1 } as const;

/**
 * Shares of what the ceiling and `JSON.parse` do in a second of processor time, all in the same run. Wide, since the machine
 * is busy and half of so short a run is spent before the engine's code is compiled: `npm run bench` says what it really does.
 */
const least = { ofCeiling: 0.1, ofJsonParse: 0.005 };

await describeWith({ kafka }, 'the cost of an event', (servers) => {
  let engine: Backlog | undefined;
  let limit: Backlog | undefined;
  let shape: OutputShape | undefined;
  let parsed = 0;

  beforeAll(async () => {
    const arena = await openArena(servers.kafka.address);
    try {
      const name = freshName('bench');
      const field = await fill(arena, `${name}.`, load, () => undefined);
      engine = await workOff(ours(), `${name}-ours`, arena, field, async (outputs) => {
        const published = await publishedIn(arena.log, outputs);
        shape = await shapeOf(arena.log, field.prefix, published, load.events);
      });
      const imitated = shape!;
      limit = await workOff(
        ceiling(() => imitated, partitions),
        `${name}-ceiling`,
        arena,
        field,
      );
      parsed = parsesPerCpuSecond();
    } finally {
      await arena.close();
    }
  }, 300_000);

  it('is so much of what kafkajs and JSON.parse cost at least that publish as much', () => {
    expect(limit!.cpuPerMillion / engine!.cpuPerMillion).toBeGreaterThan(least.ofCeiling);
  });

  it('is a bounded number of parses', () => {
    expect(1e6 / engine!.cpuPerMillion / parsed).toBeGreaterThan(least.ofJsonParse);
  });

  it('is measured on a load that brings half a record per event, and transactions of many', () => {
    expect(shape!.recordsPerEvent).toBeGreaterThan(0.5);
    expect(shape!.eventsPerTransaction).toBeGreaterThan(100);
  });
});

function parsesPerCpuSecond(): number {
  const texts = [...backlogOf(load, '')].map(({ value }) => String(value));
  const round = () => {
    for (const text of texts) JSON.parse(text);
  };
  round();
  const begun = process.cpuUsage();
  round();
  round();
  const { user, system } = process.cpuUsage(begun);
  return (2 * texts.length * 1e6) / (user + system);
}
