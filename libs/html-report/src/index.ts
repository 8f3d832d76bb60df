export { renderReport } from './render-report.js';
export type * from './report.js';
export type * from './picture.js';
export type * from './value.js';
