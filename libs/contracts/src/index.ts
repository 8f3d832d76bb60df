export type { CloudEvent, InputEvent } from './envelope.js';
