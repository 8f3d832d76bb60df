import { KafkaJSConnectionError, KafkaJSProtocolError, type Cluster } from 'kafkajs';
import { coordinates, Coordinator } from './coordinator.js';

const refusal = (type: string) =>
  new KafkaJSProtocolError(Object.assign(new Error(type), { type, retriable: true, code: 0 }));

/** A cluster in which the coordinator moves on with every search. */
function moving() {
  let searches = 0;
  const cluster = {
    findGroupCoordinator: async () => ({ nodeId: ++searches }),
    findBroker: async ({ nodeId }: { nodeId: string }) => ({ nodeId: Number(nodeId) }),
  } as unknown as Cluster;
  return { cluster, searches: () => searches };
}

describe('a coordinator', () => {
  const of = { groupId: 'g', coordinatorType: coordinates.transaction } as const;
  const askedOf = (answers: readonly (string | Error)[], mustGoOn = () => {}) => {
    const { cluster, searches } = moving();
    const coordinator = new Coordinator(cluster, of, mustGoOn);
    const asked: number[] = [];
    const outcome = coordinator.ask(async ({ nodeId }) => {
      const answer = answers[asked.push(nodeId) - 1];
      if (answer instanceof Error) throw answer;
      if (answer !== undefined) throw refusal(answer);
      return nodeId;
    });
    return { coordinator, outcome, asked, searches };
  };

  it('is looked for once, for many requests', async () => {
    const { coordinator, outcome, searches } = askedOf([]);
    await outcome;
    for (let i = 0; i < 5; i++) expect(await coordinator.ask(async ({ nodeId }) => nodeId)).toBe(1);
    expect(searches()).toBe(1);
  });

  it('is asked again while the last transaction is being decided', async () => {
    const { outcome, asked } = askedOf(['CONCURRENT_TRANSACTIONS', 'CONCURRENT_TRANSACTIONS']);
    expect(await outcome).toBe(1);
    expect(asked).toEqual([1, 1, 1]);
  });

  it('is looked for anew when it is another, or not ready', async () => {
    const { outcome, asked } = askedOf(['NOT_COORDINATOR_FOR_GROUP', 'GROUP_LOAD_IN_PROGRESS']);
    expect(await outcome).toBe(3);
    expect(asked).toEqual([1, 2, 3]);
  });

  it.each([refusal('INVALID_PRODUCER_EPOCH'), new KafkaJSConnectionError('lost'), new TypeError('a bug')])(
    'is believed at once: %s',
    async (error) => {
      const { outcome, asked } = askedOf([error]);
      await expect(outcome).rejects.toBe(error);
      expect(asked).toEqual([1]);
    },
  );

  it('is believed after 6 s that a topic is missing, and not before', async () => {
    const { now } = performance;
    let late = 0;
    performance.now = () => now.call(performance) + late;
    try {
      const missing = Array.from({ length: 9 }, () => 'UNKNOWN_TOPIC_OR_PARTITION');
      const { outcome, asked } = askedOf(missing, () => (late += 2_500));
      await expect(outcome).rejects.toMatchObject({ type: 'UNKNOWN_TOPIC_OR_PARTITION' });
      expect(asked).toHaveLength(4);
    } finally {
      performance.now = now;
    }
  });

  it('is not asked again once nobody wants to know', async () => {
    const over = new Error('over');
    const { outcome, asked } = askedOf(['CONCURRENT_TRANSACTIONS'], () => {
      throw over;
    });
    await expect(outcome).rejects.toBe(over);
    expect(asked).toEqual([1]);
  });
});
