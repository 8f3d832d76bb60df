import { encodeEvent, topicSpecs, type InputEvent } from '#contracts';
import {
  bundledDefinition,
  createLifecycle,
  loadDefinition,
  type CustomerState,
  type Transition,
} from '#lifecycle';
import type { EventLog, OutboundRecord } from '#pipeline';
import { openEmbedded, type Embedded } from '#store-embedded';
import { loadConfig } from '#config';
import { recordingTerminal } from '../../recording-terminal.given.js';
import { why } from './why.command.js';
import type { Format } from '../../output.js';
import { explain } from '../../failure.js';

export const day = 86_400_000;
export const start = Date.parse('2026-01-05T12:00:00Z');
export const retail = createLifecycle(loadDefinition(bundledDefinition()));
export const partitions = 4;

let made = 0;
export const event = (customer: string, type: string, days: number, data: object): InputEvent => ({
  id: `e-${++made}`,
  source: '/shop',
  type,
  subject: customer,
  at: start + days * day,
  data,
});

export const buys = (customer: string, days: number) =>
  event(customer, 'order.completed.v1', days, {
    orderId: `o-${days}`,
    total: 20,
    currency: 'USD',
    products: [],
  });

export interface World {
  readonly embedded: Embedded;
  /** Folds events of one customer, stores the state and publishes the transitions. */
  readonly happens: (customer: string, events: readonly InputEvent[]) => Promise<CustomerState>;
  readonly publish: (
    customer: string,
    topic: string,
    type: string,
    id: string,
    at: number,
    data: object,
  ) => Promise<void>;
  readonly ask: (customer: string, output: Format, log?: EventLog) => Promise<Answered>;
}

export interface Answered {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Log and store in a folder, as an engine would have left them, and a moment 100 days after the start. */
export async function world(path: string): Promise<World> {
  const embedded = await openEmbedded({ path });
  await embedded.log.createTopics(topicSpecs('', partitions));
  await embedded.store.registerDefinition({ ...retail.definition, source: bundledDefinition() });
  const batches = new Map<string, number>();
  const publish: World['publish'] = (customer, topic, type, id, at, data) => {
    const record: OutboundRecord = {
      topic,
      key: customer,
      value: encodeEvent({
        specversion: '1.0',
        id,
        source: '/perennial',
        type,
        subject: customer,
        time: new Date(at).toISOString(),
        data,
      }),
    };
    return embedded.log.publish([record]);
  };
  const tell = ({ id, region, from, to, at, evidence }: Transition, customer: string) =>
    publish(customer, 'lifecycle.transitions.v1', `${region}.changed.v1`, id, at, {
      from,
      to,
      definition: 'retail@1',
      ...evidence,
    });
  return {
    embedded,
    publish,
    async happens(customer, events) {
      let state = (await embedded.store.load([customer])).get(customer)?.state ?? retail.begin(customer);
      for (const one of events) {
        const { customer: next, transitions } = retail.advance(state, one, one.at);
        state = next;
        for (const transition of transitions) await tell(transition, customer);
      }
      const batch = (batches.get(customer) ?? 0) + 1;
      batches.set(customer, batch);
      await embedded.store.write([{ id: customer, partition: 0, batch, state, outputs: [] }]);
      return state;
    },
    async ask(customer, output, log = embedded.log) {
      const terminal = recordingTerminal();
      const command = why(customer, output);
      const context = {
        terminal,
        config: loadConfig({}),
        backends: async () => ({ ...embedded, log, description: '' }),
        now: () => start + 100 * day,
      };
      const code = await command(context).catch((error: unknown) => {
        const { text, code: failed } = explain(error);
        terminal.say(text);
        return failed;
      });
      return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
    },
  };
}
