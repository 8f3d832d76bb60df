import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { topicSpecs, upstreamTopics } from '#contracts';
import { openKafkaLog } from '#log-kafka';
import { freshDatabase, freshName, kafkaClassPath, until, type Server } from '#testing';
import { root } from '../support/processes.js';
import { Engines } from './engines.js';
import { claimedFacts } from './facts.js';
import type { Form } from './forms.js';
import { loadOf } from './load.js';
import { makeFault, type Victims } from './make-fault.js';
import { planOf, type FaultKind } from './plan.js';
import { Progress } from './progress.js';
import { Proxy } from './proxy.js';
import { Publisher } from './publisher.js';
import { readCommitted } from './verify/reading.js';
import { topics as verified, verify, type Verdict } from './verify/verify.js';

export interface Servers {
  readonly kafka: Server;
  readonly mongo: Server;
}

export interface Recovery {
  readonly fault: FaultKind;
  /** As planned, ms; 0 where it happens at once. */
  readonly planned: number;
  /** How long the fault itself lasted, a server's restart included, ms. */
  readonly lastedMs: number;
  /** From the fault to the next committed progress of every partition that it stopped, ms. */
  readonly recoveredMs: number;
}

export interface Outcome {
  readonly form: Form;
  readonly recoveries: readonly Recovery[];
  /** Why engines ended by themselves; they were started again. */
  readonly ended: readonly string[];
  readonly published: number;
  readonly seconds: number;
  readonly verdict: Verdict;
}

const DAY = 86_400_000;
const GUESSED_SECONDS = 20;
/** A fault that is not recovered from within this time fails the run. */
const MOST_MS = 240_000;

/** Runs one form on servers of its own: load, faults, and the verdict. `tell` gets one line for each thing that happens. */
export async function run(
  form: Form,
  seed: number,
  servers: Servers,
  tell: (what: string) => void,
): Promise<Outcome> {
  const began = Date.now();
  const prefix = `${freshName('chaos')}.`;
  const group = freshName('engines');
  const folder = await mkdtemp(join(tmpdir(), 'perennial-chaos-'));
  const log = await openKafkaLog({ brokers: [servers.kafka.address], clientId: 'chaos' });
  await log.createTopics(topicSpecs(prefix, form.partitions));
  const store = form.mode === 'cluster' ? await proxied(servers.mongo) : undefined;
  const environment = {
    KAFKA_BROKERS: servers.kafka.address,
    ...(store ? { MONGO_URL: store.url } : { PERENNIAL_DATA: folder }),
    DEFINITION: join(root, 'test/chaos/definition.yaml'),
    CODE_SECRET: 'only for this run, and not a secret',
    TOPIC_PREFIX: prefix,
    GROUP_ID: group,
  };
  const engines = new Engines(environment, tell);
  const upstream = upstreamTopics.map((topic) => prefix + topic);
  const progress = new Progress(log, group, upstream);
  const all = Array.from({ length: form.partitions }, (_, partition) => partition);
  const plan = planOf(form.recipe, seed);
  const load = loadOf({ ...form, seed, until: began - 2 * DAY });
  const publisher = new Publisher(log, load, plan.length * GUESSED_SECONDS, prefix);
  try {
    await Promise.all(Array.from({ length: form.engines }, () => engines.start()));
    publisher.start();
    await progress.recovered(all, Date.now(), MOST_MS);
    tell(`${form.mode}: ${form.engines} engines commit on all ${form.partitions} partitions`);
    const recoveries: Recovery[] = [];
    const since = Date.now();
    for (const [n, fault] of plan.entries()) {
      await pause(fault.after);
      const at = Date.now();
      const victims = { engines, broker: servers.kafka, ...(store && { store: store.victim }) };
      const { affected = all, undone } = await makeFault(fault, victims);
      const lasted = undone.then(() => Date.now() - at);
      const [recoveredMs, lastedMs] = await Promise.all([progress.recovered(affected, at, MOST_MS), lasted]);
      recoveries.push({ fault: fault.kind, planned: fault.ms, lastedMs, recoveredMs });
      const whose = affected === all ? '' : ` (partitions ${affected.join(', ')})`;
      tell(
        `${n + 1}/${plan.length} ${fault.kind}${whose}: lasted ${lastedMs} ms, recovered in ${recoveredMs} ms, ${publisher.published} events published`,
      );
      const each = (Date.now() - since) / (n + 1) / 1_000;
      publisher.expect((plan.length - n - 1) * each);
    }
    await publisher.finish();
    tell(`all ${publisher.published} events are published; waiting for the end`);
    await until('everything is folded and told', 10 * 60_000, async () => {
      if (!(await progress.complete()) || !(await atRest(engines, form.partitions))) return false;
      await pause(1_000);
      return atRest(engines, form.partitions);
    });
    for (const member of engines.running) await engines.remove(member);
    tell('reading everything as committed');
    const facts = await claimedFacts({ ...environment, ...(store && { MONGO_URL: store.direct }) });
    const classPath = await kafkaClassPath();
    const source = { brokers: servers.kafka.address, group, prefix, topics: verified, classPath };
    const verdict = verify(await readCommitted(source), { published: publisher.published, facts, prefix });
    const seconds = (Date.now() - began) / 1_000;
    const { lost, duplicated, outOfOrder, wrong } = verdict;
    const counts = `${lost.length} lost, ${duplicated.length} duplicated, ${outOfOrder.length} out of order, ${wrong.length} wrong`;
    tell(`${form.mode}: ${counts}`);
    return { form, recoveries, ended: engines.ended, published: publisher.published, seconds, verdict };
  } catch (error) {
    for (const words of engines.lastWords()) tell(words);
    throw error;
  } finally {
    await publisher.stop();
    await engines.close();
    await store?.victim.proxy?.close();
    await log.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Every partition is with one engine, with nothing left to fold and no timer due. */
async function atRest(engines: Engines, partitions: number): Promise<boolean> {
  const tasks = (await Promise.all(engines.running.map((member) => engines.tasks(member)))).flatMap(
    (each) => each ?? [],
  );
  return tasks.length === partitions && tasks.every(({ quiet }) => quiet);
}

interface Store {
  /** Past the proxy. */
  readonly direct: string;
  readonly url: string;
  readonly victim: NonNullable<Victims['store']>;
}

/** A database of its own on the store, reached through a proxy; a replica set of several is reached directly. */
async function proxied(server: Server): Promise<Store> {
  const direct = freshDatabase(server.address);
  if (server.address.includes(',')) return { direct, url: direct, victim: { server } };
  const { hostname, port, host } = new URL(direct);
  const proxy = new Proxy({ host: hostname, port: Number(port) });
  const listening = await proxy.listen();
  return { direct, url: direct.replace(host, `127.0.0.1:${listening}`), victim: { server, proxy } };
}
