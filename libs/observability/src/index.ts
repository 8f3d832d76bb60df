export { createLogger, type Logger, type LogOutput } from './logger.js';
export { createMetrics, type Metrics } from './metrics.js';
