export { openBackends, type Backends } from './open-backends.js';
export { codeSecret } from './code-secret.js';
export { openLifecycles, requireNoCoupons, type Lifecycles } from './lifecycles.js';
export { untilSignalled } from './signals.js';
export { runService, type Service, type ServiceContext } from './run-service.js';
