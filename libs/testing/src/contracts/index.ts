export { eventLogContract, type EventLogUnderTest } from './event-log.contract.js';
