export type { Config, KafkaConfig } from './config.js';
export { ConfigError, type ConfigProblem } from './config-error.js';
export { describeConfig, withoutCredentials } from './describe-config.js';
export { Environment, variableNames, type VariableName } from './environment.js';
export { loadConfig } from './load-config.js';
