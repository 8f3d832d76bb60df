import { readFile } from 'node:fs/promises';
import { inboxTopic, topicName } from '#contracts';
import { announce } from '#pipeline';
import type { Command } from '../context.js';
import { exitCode } from '../exit-code.js';
import { Failure } from '../failure.js';
import { count } from '../publish/publish.command.js';
import { readAnnouncement } from './announcement.js';
import { followFanOut } from './follow.js';
import { definitionInForce, operator } from './in-force.js';

const programme = 'announcements';

/** `perennial announce FILE`: tells every known customer, as marketing; the id on stdout. Exit code 1 names everything that is wrong. */
export const announceFile =
  (file: string): Command =>
  async ({ terminal, config, backends, now }) => {
    const read = readAnnouncement(await readFile(file, 'utf8'), now());
    if ('problems' in read)
      throw new Failure(
        [`${file} is refused:`, ...read.problems.map((problem) => `  ${problem}`)].join('\n'),
      );
    const { log, store } = await backends();
    const definition = await definitionInForce(config, store);
    if (!definition.programmes.some((entry) => entry.programme.name === programme))
      throw new Failure(
        `${definition.name}@${definition.version} does not have the programme '${programme}' on, so nobody would hear it: ` +
          "switch it on in a higher version, and run 'perennial definition activate FILE'",
      );
    const partitions = (await log.range(topicName(config.topicPrefix, inboxTopic))).length;
    const { announcement } = read;
    const { id, known, addressed } = await announce(
      store,
      partitions,
      announcement,
      operator(terminal.env),
      now(),
    );
    await terminal.out(`${announcement.announcementId}\n`);
    terminal.say(
      addressed === known
        ? `Published to ${count(known, 'customer')}.`
        : `Published to ${count(addressed, 'customer')} of ${known.toLocaleString('en')}, drawn by lot within the budget.`,
    );
    terminal.say('Consent, segment, caps and quiet hours decide which of them get a message, and when.');
    await followFanOut(store, id, partitions, terminal);
    return exitCode.ok;
  };
