export { customerStoreContract, type FreshStore } from './customer-store.contract.js';
export { eventLogContract, type EventLogUnderTest } from './event-log.contract.js';
