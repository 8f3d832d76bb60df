export { openBackends, type Backends } from './open-backends.js';
export { openLifecycles, type Lifecycles } from './lifecycles.js';
export { untilSignalled } from './signals.js';
