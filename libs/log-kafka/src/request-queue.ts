import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

/**
 * kafkajs 2.2.4 looks for waiting requests by a timer that sets itself anew for ever, also when none waits: a thousand
 * times a second on each connection, and with a negative time, of which Node 24 warns on stderr. A request that has to
 * wait sets the timer itself, so it is enough to keep it while one does.
 */
export function stopIdleTimers(): void {
  const queue = RequestQueue.prototype;
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const schedule = queue.scheduleCheckPendingRequests;
  queue.scheduleCheckPendingRequests = function (this: typeof queue) {
    if (this.pending.length > 0) schedule.call(this);
  };
}
