export { MemoryCluster } from './cluster.js';
export { MemoryDatabase } from './database.js';
export { MemoryGroups } from './groups.js';
export { MemoryLog } from './log.js';
export { MemoryStore } from './store.js';
export { unhindered, type Pace } from './pace.js';
