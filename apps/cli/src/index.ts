export { cdnow } from './import/cdnow.js';
export { completeJourney } from './import/complete-journey.js';
export type { Dataset, ImportedEvent } from './import/dataset.js';
export { run } from './run.js';
export type { Terminal } from './terminal.js';
