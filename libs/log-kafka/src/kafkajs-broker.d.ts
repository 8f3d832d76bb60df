declare module 'kafkajs/src/broker/index.js' {
  import type { TopicOffsets } from 'kafkajs';

  export interface KafkajsRequest {
    readonly encode: () => Promise<{ readonly buf: Buffer; readonly buffer: Buffer }>;
  }

  /** The part of kafkajs's private class that `produce.ts` wraps. */
  export default class Broker {
    readonly lookupRequest: (
      key: number,
      definitions: unknown,
    ) => (given: never) => { readonly request: KafkajsRequest; readonly response: unknown };
    produce(given: never): Promise<unknown>;
  }

  /** Who writes: goes into every request of a transaction. */
  interface Right {
    readonly transactionalId: string;
    readonly producerId: string;
    readonly producerEpoch: number;
  }

  /** Records of one topic; `messages` as `produce.ts` takes them. */
  export interface ProducedTopic {
    readonly topic: string;
    readonly partitions: readonly {
      readonly partition: number;
      readonly firstSequence: number;
      readonly messages: unknown;
    }[];
  }

  /** What a transaction asks of brokers, of which kafkajs' published types know little. Each throws what a broker refuses. */
  export interface TransactionBroker {
    readonly nodeId: number;
    initProducerId(given: {
      readonly transactionalId: string;
      readonly transactionTimeout: number;
    }): Promise<{ readonly producerId: string; readonly producerEpoch: number }>;
    addPartitionsToTxn(
      given: Right & { readonly topics: readonly { topic: string; partitions: number[] }[] },
    ): Promise<unknown>;
    addOffsetsToTxn(given: Right & { readonly groupId: string }): Promise<unknown>;
    produce(
      given: Right & {
        readonly acks: number;
        readonly timeout: number;
        readonly topicData: readonly ProducedTopic[];
      },
    ): Promise<unknown>;
    txnOffsetCommit(
      given: Right & { readonly groupId: string; readonly topics: readonly TopicOffsets[] },
    ): Promise<unknown>;
    endTxn(given: Right & { readonly transactionResult: boolean }): Promise<unknown>;
  }
}
