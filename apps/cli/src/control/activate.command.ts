import { readFile } from 'node:fs/promises';
import { inboxTopic, topicName } from '#contracts';
import { requireNoCoupons } from '#backends';
import { loadDefinition } from '#lifecycle';
import { activate, activationId, readControls, requireForward } from '#pipeline';
import type { Command } from '../context.js';
import { exitCode } from '../exit-code.js';
import { followFanOut } from './follow.js';
import { operator } from './in-force.js';

/**
 * `perennial definition activate FILE`: running engines go over to it within a second. Refused are other content under a
 * known name and version, and a version that is not higher than any of its name that was active.
 */
export const activateDefinition =
  (file: string): Command =>
  async ({ terminal, config, backends, now }) => {
    const source = await readFile(file, 'utf8');
    const definition = loadDefinition(source, file);
    const { name, version, hash } = definition;
    if (config.mongo && config.codeSecret === undefined) requireNoCoupons(definition);
    const { log, store } = await backends();
    const known = await store.definitionNamed(name, version);
    if (known === undefined || known.hash === hash) requireForward(await readControls(store), definition);
    await store.registerDefinition({ name, version, hash, source });
    await activate(store, definition, operator(terminal.env), now());
    terminal.say(
      `${name}@${version} is active: engines go by it within a second. Every customer goes over with what happens to them next, the others as they are told.`,
    );
    const partitions = (await log.range(topicName(config.topicPrefix, inboxTopic))).length;
    await followFanOut(store, activationId(definition), partitions, terminal);
    return exitCode.ok;
  };
