import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { topicSpecs } from '#contracts';
import { openEmbedded } from '#store-embedded';
import { eventRecord, forkTypeScript, killHard, requestedAction, temporaryFolder, until } from '#testing';

const children: ChildProcess[] = [];
afterEach(() => Promise.all(children.splice(0).map(killHard)));

/** The mailer's process on an embedded folder; resolves to its exit code. */
function run(folder: string, more = ''): { child: ChildProcess; exit: Promise<number | null> } {
  const settings = `PERENNIAL_DATA=${folder}\nLOG_LEVEL=silent\nKAFKA_BROKERS=\nMONGO_URL=\nSMTP_URL=\n${more}`;
  const child = forkTypeScript(new URL('./main.child.ts', import.meta.url), settings);
  children.push(child);
  return { child, exit: new Promise((resolve) => child.once('exit', resolve)) };
}

describe('the process', () => {
  it('ends with 1 when a setting is bad', async () => {
    expect(await run(temporaryFolder('main'), 'MAIL_FROM=nobody').exit).toBe(1);
  });

  it('mails beside another process on the same folder, and ends with 0 when it is told to', async () => {
    const folder = temporaryFolder('main');
    const { log, close } = await openEmbedded({ path: folder });
    await log.createTopics(topicSpecs('', 2));
    const at = Date.now();
    const ann = { email: 'ann@mail.invalid' };
    await log.publish([
      eventRecord('profile.events.v1', 'profile.updated.v1', 'ann', ann, { at }),
      eventRecord('retention.actions.v1', 'action.requested.v1', 'ann', requestedAction('a1', at), { at }),
    ]);
    const { child, exit } = run(folder);
    await until('the mail is written', 20_000, async () =>
      (await readdir(join(folder, 'mails')).catch((): string[] => [])).includes('a1.eml'),
    );
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
    const answers = await log.groupOffsets('perennial.mailer', ['retention.actions.v1']);
    expect(Math.max(...(answers['retention.actions.v1'] ?? []))).toBe(1);
    await close();
  });
});
