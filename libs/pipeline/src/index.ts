export * from './event-log.port.js';
export * from './customer-store.port.js';
export * from './clock.port.js';
