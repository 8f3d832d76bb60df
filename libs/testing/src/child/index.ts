export { forkTypeScript, killHard, messageOf } from './fork-typescript.js';
