import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { orderTopic, topicName } from '#contracts';
import { createLifecycle } from '#lifecycle';
import type { Command } from '../context.js';
import { exitCode } from '../exit-code.js';
import { Failure } from '../failure.js';
import { printRows, type Format } from '../output.js';
import { RecordedCodes } from '../replay/recorded-codes.js';
import { recordedDefinitions } from '../replay/recorded-lifecycles.js';
import { manifestName, type Manifest } from './format.js';
import { takeSnapshot } from './take-snapshot.js';

/** `perennial snapshot DIR`: every partition's documents as of a batch, from which a replay can begin. Changes nothing. */
export const snapshot =
  (folder: string, output: Format): Command =>
  async ({ terminal, config, backends, now }) => {
    const { log, store } = await backends();
    const prefix = config.topicPrefix;
    const partitions = (await log.range(topicName(prefix, orderTopic))).length;
    await requireEmpty(folder);
    const definitionOf = recordedDefinitions(config, store);
    const files = await takeSnapshot({
      ...{ log, store, prefix, folder, partitions },
      lifecycleOf: async (partition, hash) => {
        const codes = await RecordedCodes.open(log, prefix, partition);
        await codes.upTo(Infinity);
        return createLifecycle(await definitionOf(hash), codes.codes);
      },
      progress: (customers) => {
        if (customers % 1_000 === 0) terminal.progress(`${customers.toLocaleString('en')} customers saved`);
      },
    });
    const manifest: Manifest = {
      ...{ format: 'perennial-snapshot', version: 1, taken: new Date(now()).toISOString() },
      ...{ topicPrefix: prefix, partitions, files },
    };
    await writeFile(join(folder, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
    await printRows(terminal, output, files, ['partition', 'file', 'customers', 'batch', 'sha256']);
    return exitCode.ok;
  };

async function requireEmpty(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0)
    throw new Failure(`${folder}: is not empty; nothing was written, name another folder`);
}
