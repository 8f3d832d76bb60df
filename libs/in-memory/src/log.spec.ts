import { eventLogContract } from '#testing';
import { MemoryCluster, MemoryGroups, MemoryLog } from '#in-memory';

const cluster = new MemoryCluster();
const groups = new MemoryGroups();

eventLogContract('the log in memory', {
  open: async () => new MemoryLog(cluster, groups),
  patience: 5_000,
});
