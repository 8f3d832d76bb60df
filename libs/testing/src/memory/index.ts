export { MemoryCluster } from './memory-cluster.js';
export { MemoryDatabase } from './memory-database.js';
export { MemoryGroups } from './memory-groups.js';
export { MemoryLog } from './memory-log.js';
export { MemoryStore } from './memory-store.js';
export { unhindered, type Pace } from './pace.js';
