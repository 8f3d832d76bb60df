import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

/**
 * kafkajs 2.2.4 sets a timer of "-1 minus now" whenever nothing is throttled, of which Node 24 warns on stderr at every
 * start. A throttle that ended now means the same, and gives a timer of 0 ms.
 */
export function useTimersOfNode24(): void {
  const queue = RequestQueue.prototype;
  const { scheduleCheckPendingRequests } = queue;
  queue.scheduleCheckPendingRequests = function (this: typeof queue) {
    this.throttledUntil = Math.max(this.throttledUntil, Date.now());
    scheduleCheckPendingRequests.call(this);
  };
}
