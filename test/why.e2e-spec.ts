import { run } from '#apps/cli';
import { temporaryFolder } from '#testing';
import { recordingTerminal } from './support/recording-terminal.js';

const MINUTE = 60_000;
const day = 86_400_000;
const folder = temporaryFolder('why');
const first = Date.now() - 300 * day;

async function perennial(args: readonly string[], input = '') {
  const terminal = recordingTerminal({ PERENNIAL_DATA: folder, PORT: '0', LOG_LEVEL: 'silent' }, input);
  const code = await run(args, terminal, '');
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

const event = (subject: string, type: string, days: number, data: object) =>
  JSON.stringify({
    specversion: '1.0',
    id: `${subject} ${type} ${days}`,
    source: '/shop',
    type,
    subject,
    time: new Date(first + days * day).toISOString(),
    data,
  });
const buys = (subject: string, days: number) =>
  event(subject, 'order.completed.v1', days, {
    orderId: `o-${days}`,
    total: 20,
    currency: 'USD',
    products: [],
  });

/** Publishes these and lets an engine fold them. */
async function happens(...events: readonly string[]) {
  expect((await perennial(['publish', '-'], events.join('\n'))).code).toBe(0);
  expect((await perennial(['up', '--exit'])).code).toBe(0);
}

interface Answer {
  readonly present: object;
  readonly story: readonly { readonly kind: string; readonly rule: string; readonly id: string }[];
  readonly missing: readonly object[];
}
const why = async (customer: string): Promise<Answer> =>
  JSON.parse((await perennial(['why', customer, '--output', 'json'])).stdout) as Answer;

it(
  'why answers from what an engine left: at once, later, beside a replay, and no more after an erasure',
  async () => {
    expect(await perennial(['why', 'ada'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the store is empty') as string,
    });
    await happens(
      ...Array.from({ length: 12 }, (_, i) => buys('ada', i * 8)),
      event('ada', 'survey.answered.v1', 90, { survey: 'nps', score: 3 }),
      event('ben', 'page.visited.v1', 1, { page: '/' }),
    );
    const told = await why('ada');
    expect(told.story.filter(({ kind }) => kind === 'transition').map(({ rule }) => rule)).toEqual([
      'cameBack',
      'boughtRegularly',
      'detractor',
      'lapsed',
      'dissolved',
    ]);
    expect(told.story.some(({ kind }) => kind === 'suppressed')).toBe(true);
    expect(told.present).toMatchObject({ stage: 'dissolution', health: 'none' });
    expect(told.missing).toEqual([]);

    const ben = await perennial(['why', 'ben']);
    expect([ben.code, ben.stderr]).toEqual([0, 'Nothing was decided about ben so far.\n']);

    await happens(event('cem', 'page.visited.v1', 299, { page: '/' }));
    expect(await why('ada')).toMatchObject({ story: told.story, present: told.present });
    expect((await perennial(['replay', '--verify'])).code).toBe(0);
    expect(await why('ada')).toMatchObject({ story: told.story, present: told.present });

    await happens(event('ada', 'customer.erased.v1', 299.5, {}));
    expect(await perennial(['why', 'ada'])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('ada was erased') as string,
    });
    expect((await perennial(['why', 'dot'])).stderr).toBe("the store knows no customer 'dot'\n");
  },
  2 * MINUTE,
);
