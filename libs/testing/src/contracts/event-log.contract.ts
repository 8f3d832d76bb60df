import type { EventLog, OutboundRecord, TopicSpec } from '#pipeline';
import { freshName } from '../services/index.js';
import { groupRules } from './event-log-groups.contract.js';
import { recordRules } from './event-log-records.contract.js';
import { sessionRules } from './event-log-sessions.contract.js';

export interface EventLogUnderTest {
  /** Opens a client of the log; each call one more on the same durable records, as another process would. */
  readonly open: () => Promise<EventLog>;
  /** Longest wait for what the log does by itself (a rebalance, a fetch), ms. */
  readonly patience: number;
}

/** What the rules work with: a client, and topics, groups and further clients that are this test's own. */
export interface LogBench {
  readonly log: () => EventLog;
  readonly another: () => Promise<EventLog>;
  /** Closes every client and opens a new one. */
  readonly reopen: () => Promise<EventLog>;
  /** Makes topics with two partitions each. */
  readonly topics: (...names: string[]) => Promise<string[]>;
  readonly group: () => string;
  readonly patience: number;
}

export const spec = (name: string, partitions = 2): TopicSpec => ({ name, partitions, retentionMs: -1 });

/** `count` records with the values `PREFIX0`, `PREFIX1`, … in one partition. */
export const numbered = (topic: string, partition: number, count: number, prefix = ''): OutboundRecord[] =>
  Array.from({ length: count }, (_, n) => ({ topic, partition, key: 'k', value: `${prefix}${n}` }));

/** What every EventLog must honour. */
export function eventLogContract(name: string, { open, patience }: EventLogUnderTest): void {
  describe(`${name} is an EventLog`, () => {
    let clients: EventLog[] = [];
    const another = async (): Promise<EventLog> => {
      const client = await open();
      clients.push(client);
      return client;
    };
    const closeAll = async (): Promise<void> => {
      const closing = clients;
      clients = [];
      await Promise.all(closing.map((client) => client.close()));
    };
    const bench: LogBench = {
      log: () => clients[0]!,
      another,
      reopen: async () => {
        await closeAll();
        return another();
      },
      topics: async (...names) => {
        const own = names.map((each) => freshName(each));
        await clients[0]!.createTopics(own.map((each) => spec(each)));
        return own;
      },
      group: () => freshName('group'),
      patience,
    };

    beforeEach(another);
    afterEach(closeAll);

    recordRules(bench);
    sessionRules(bench);
    groupRules(bench);
  });
}
