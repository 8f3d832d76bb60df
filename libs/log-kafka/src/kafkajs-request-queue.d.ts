declare module 'kafkajs/src/network/requestQueue/index.js' {
  /** The part of kafkajs's private class that `request-queue.ts` mends. */
  export default class RequestQueue {
    readonly pending: readonly unknown[];
    scheduleCheckPendingRequests(): void;
  }
}
