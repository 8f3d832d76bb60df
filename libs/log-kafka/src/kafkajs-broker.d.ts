declare module 'kafkajs/src/broker/index.js' {
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
}
