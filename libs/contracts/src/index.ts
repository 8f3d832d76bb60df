export * from './catalogue.js';
export type { CloudEvent, InputEvent } from './envelope.js';
export {
  actionKinds,
  audiences,
  channels,
  flags,
  healths,
  purposes,
  sentiments,
  severities,
  stages,
  surveys,
} from './events/fields.js';
export * from './topics.js';
