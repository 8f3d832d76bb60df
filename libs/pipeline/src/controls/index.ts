export { activate, activateAtStart, ActivationRefused, type Start } from './activation.js';
export {
  brakesOf,
  readControls,
  setBrake,
  type ActiveDefinition,
  type ControlRecord,
  type SetBrake,
} from './control-record.js';
