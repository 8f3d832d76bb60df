export { openBackends, type Backends } from './open-backends.js';
export { openLifecycles, type Lifecycles } from './lifecycles.js';
export { untilSignalled } from './signals.js';
export { runService, type Service, type ServiceContext } from './run-service.js';
