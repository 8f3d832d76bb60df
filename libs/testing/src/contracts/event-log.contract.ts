import type { EventLog } from '#pipeline';
import { freshName } from '../services/index.js';
import { groupRules } from './event-log-groups.contract.js';
import { handoverRules } from './event-log-handover.contract.js';
import { recordRules } from './event-log-records.contract.js';
import { sessionRules } from './event-log-sessions.contract.js';
import { spec, type LogBench } from './log-bench.js';

export interface EventLogUnderTest {
  /** Opens a client of the log; each call one more on the same durable records, as another process would. */
  readonly open: () => Promise<EventLog>;
  /** Longest wait for what the log does by itself (a rebalance, a fetch), ms. */
  readonly patience: number;
}

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
    handoverRules(bench);
  });
}
