import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { inboxTopic, orderTopic, outputTopics, topicName } from '#contracts';
import { bundledDefinition } from '#lifecycle';
import { emptied } from '../measure/emptied.js';
import { startProcess } from '../measure/process.js';
import type { Contestant } from './contestant.js';

const root = join(import.meta.dirname, '../../..');

/** The engine as users run it, built, on Kafka with the embedded store, with the definition that it brings. */
export const ours = (
  name = 'ours',
  settings: Readonly<Record<string, string>> = {},
  definition?: (folder: string) => string,
): Contestant => ({
  name,
  start: async ({ id, folder, brokers, prefix, admin }) => {
    const outputs = outputTopics.map((topic) => topicName(prefix, topic));
    // An earlier go's timers lie in the inbox, which every group reads from its start.
    for (const topic of [inboxTopic, orderTopic, ...outputTopics])
      await emptied(admin, topicName(prefix, topic));
    const group = `ours-${id}`;
    const env = {
      KAFKA_BROKERS: brokers,
      TOPIC_PREFIX: prefix,
      GROUP_ID: group,
      PERENNIAL_DATA: join(folder, 'data'),
      PORT: '0',
      ...(definition && { DEFINITION: definition(folder) }),
      ...settings,
    };
    const entry = join(root, 'dist/apps/engine/src/main.js');
    return { group, outputs, ...startProcess(process.execPath, [entry], { folder, env }) };
  },
});

/** The same with the peer's own job: of all programmes follow-up alone. */
export const oursAtPeersJob = (): Contestant =>
  ours('ours, follow-up only', {}, (folder) => {
    const definition = parseDocument(bundledDefinition());
    definition.set('name', 'follow-up-only');
    definition.set('programmes', { 'follow-up': {} });
    definition.set('contactPolicy', {});
    const path = join(folder, 'follow-up-only.yaml');
    writeFileSync(path, definition.toString());
    return path;
  });
