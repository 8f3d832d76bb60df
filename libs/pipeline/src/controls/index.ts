export {
  activate,
  activateAtStart,
  activationId,
  ActivationRefused,
  requireForward,
  type Start,
} from './activation.js';
export { AlreadyAnnounced, announce, type Announced, type Announcement } from './announce.js';
export {
  brakesOf,
  readControls,
  setBrake,
  type ActiveDefinition,
  type ControlRecord,
  type SetBrake,
} from './control-record.js';
export { fanOutProgress, type FanOutProgress } from './fan-out-job.js';
