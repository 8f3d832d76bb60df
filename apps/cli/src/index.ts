export { cdnow } from './import/cdnow.js';
export { completeJourney } from './import/complete-journey.js';
export type { Dataset, ImportedEvent } from './import/dataset.js';
export { madeUpPerson } from './import/made-up-people.js';
export { run } from './run.js';
export type { Terminal } from './terminal.js';
