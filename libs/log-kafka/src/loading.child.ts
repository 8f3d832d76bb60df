/** Loads this lib as Node does, which sees less of a CommonJS module's names than Jest. */
await import('#log-kafka');
process.send?.('loaded');
process.disconnect();
