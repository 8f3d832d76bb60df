import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Backends } from '#backends';
import type { Config } from '#config';
import { topicSpecs } from '#contracts';
import { loadDefinition } from '#lifecycle';
import { explain } from '../failure.js';
import { definitionText } from '../definition-text.js';
import { brokerAddresses, mongoAddresses, smtpAddress, type Address } from './addresses.js';
import { checkRetention } from './check-retention.js';
import { reach } from './reach.js';

export interface Check {
  readonly check: string;
  /** Only `failed` keeps the system from working. */
  readonly state: 'ok' | 'note' | 'failed';
  readonly detail: string;
}

type Of<T> = (subject: T) => Promise<Check[]>;

export const checkDefinition: Of<Config> = async (config) => {
  const check = 'definition';
  try {
    const { name, version } = loadDefinition(await definitionText(config));
    return [{ check, state: 'ok', detail: `${name}@${version}` }];
  } catch (error) {
    return [{ check, state: 'failed', detail: reasonOf(error) }];
  }
};

export const checkServers: Of<Config> = async ({ kafka, mongo, smtpUrl }) => {
  const ask = async (check: string, { host, port }: Address): Promise<Check> => {
    const problem = await reach(host, port);
    const detail = `${host}:${port}${problem === undefined ? '' : `: ${problem}`}`;
    return { check, state: problem === undefined ? 'ok' : 'failed', detail };
  };
  const brokers = brokerAddresses(kafka?.brokers ?? []).map((address) => ask('Kafka broker', address));
  const databases = mongoAddresses(mongo?.url ?? '').map((address) => ask('MongoDB', address));
  const relay = smtpUrl === undefined ? [] : [ask('SMTP', smtpAddress(smtpUrl))];
  return Promise.all([...brokers, ...databases, ...relay]);
};

/** The embedded folder: there and writable, or one that can be created. */
export const checkFolder: Of<Config> = async ({ kafka, mongo, dataDir, smtpUrl }) => {
  if (kafka && mongo && smtpUrl !== undefined) return [];
  const check = 'data folder';
  try {
    const existing = await nearest(dataDir);
    await access(existing, constants.W_OK | constants.X_OK);
    if (!(await stat(existing)).isDirectory())
      return [{ check, state: 'failed', detail: `${existing} is not a folder` }];
    const detail = existing === dataDir ? dataDir : `${dataDir} will be created`;
    return [{ check, state: 'ok', detail }];
  } catch (error) {
    return [{ check, state: 'failed', detail: `${dataDir}: ${reasonOf(error)}` }];
  }
};

/** Log and store open, and the topics are there with one partition count. */
export async function checkTopics(config: Config, open: () => Promise<Backends>): Promise<Check[]> {
  if (!config.kafka && (await nearest(config.dataDir)) !== config.dataDir)
    return [{ check: 'topics', state: 'note', detail: 'the first start creates them' }];
  try {
    const { log, store, description } = await open();
    const plan = topicSpecs(config.topicPrefix).map(({ name }) => name);
    const found = await log.topics(plan);
    for await (const document of store.scan()) {
      void document;
      break;
    }
    const existing = found.map(({ name }) => name);
    return [
      { check: 'log and store', state: 'ok', detail: description },
      topicCheck(plan, found, config),
      ...(await checkRetention(log, config.topicPrefix, existing)),
    ];
  } catch (error) {
    return [{ check: 'log and store', state: 'failed', detail: reasonOf(error) }];
  }
}

function topicCheck(
  plan: readonly string[],
  found: readonly { readonly name: string; readonly partitions: number }[],
  config: Config,
): Check {
  const check = 'topics';
  const missing = plan.filter((topic) => !found.some(({ name }) => name === topic));
  const counts = [...new Set(found.map(({ partitions }) => partitions))];
  if (missing.length > 0 && config.kafka)
    return {
      check,
      state: 'failed',
      detail: `missing: ${missing.join(', ')}; run 'perennial topics create'`,
    };
  if (missing.length > 0) return { check, state: 'note', detail: 'the first start creates them' };
  if (counts.length > 1)
    return { check, state: 'failed', detail: `all need one partition count, found ${counts.join(', ')}` };
  return { check, state: 'ok', detail: `${found.length} topics of ${counts[0]} partitions` };
}

async function nearest(folder: string): Promise<string> {
  try {
    await stat(folder);
    return folder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(folder) === folder) throw error;
    return nearest(dirname(folder));
  }
}

/** On one line: a heading with its first item, and how many there are besides. */
function reasonOf(error: unknown): string {
  const [heading = '', first = '', ...others] = explain(error).text.split('\n');
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return `${heading} ${first.trim()}`.trim() + more;
}
