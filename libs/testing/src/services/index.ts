export { consoleConsume, type ConsumedRecord } from './console-consume.js';
export { consoleProduce } from './console-produce.js';
export { describeWith, freshName, own } from './describe-with.js';
export type { OwnServer } from './own-server.js';
export type { Server, Service, SharedServer } from './service.js';
export { service as kafka } from './kafka.js';
export { freshDatabase, service as mongo } from './mongo.js';
export { until } from './until.js';
export { secureKafkaUser, service as secureKafka } from './secure-kafka.js';
