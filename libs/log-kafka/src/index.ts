export { openKafkaLog } from './open-kafka-log.js';
export type { KafkaSettings, KafkaTiming } from './settings.js';
