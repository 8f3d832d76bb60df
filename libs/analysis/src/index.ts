export * from './buying.js';
export * from './spending.js';
export * from './fit.js';
export * from './auc.js';
export * from './bootstrap.js';
export { fitLogistic, probability, type Weights } from './logistic.js';
export { randomFrom } from './random.js';
