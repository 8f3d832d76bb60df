import type { Admin } from 'kafkajs';

/** Deletes all records of a topic; the topic stays, since kafkajs' producers never forget one that they have written to. */
export async function emptied(admin: Admin, topic: string): Promise<void> {
  const partitions = (await admin.fetchTopicOffsets(topic))
    .filter(({ low, high }) => low !== high)
    .map(({ partition, high }) => ({ partition, offset: high }));
  if (partitions.length > 0) await admin.deleteTopicRecords({ topic, partitions });
}
