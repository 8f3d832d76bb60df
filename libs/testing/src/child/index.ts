export { forkCompiled } from './fork-compiled.js';
export { forkTypeScript, killHard, messageOf } from './fork-typescript.js';
