export type {
  Lifecycle,
  Health,
  Migration,
  PublishedRecord,
  Stage,
  Advance,
  Action,
  CustomerState,
  Evidence,
  Suppression,
  Timer,
  Transition,
} from './types.js';
export type { Brake, Brakes } from './arbiter/index.js';
export { bundledDefinition } from './definition/bundled.js';
export type { Definition } from './definition/definition.js';
export type { Costs } from './definition/costs.js';
export { loadDefinition } from './definition/load.js';
export { couponCodes } from './codes.js';
export type { CouponCodes } from './coupon.js';
export { createLifecycle } from './lifecycle.js';
export { createTwin, type Twin } from './twin.js';
export { LiveCustomer, type Told } from './live.js';
export { settingRows, type SettingRow } from './programme-settings.js';
export { calibrate, lifeOf, stageAt, usualCycle, type Calibration, type Life } from './calibration.js';
export { DefinitionError, type Problem } from './definition/problems.js';
export * from './explain/index.js';
