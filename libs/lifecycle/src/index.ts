export type {
  Lifecycle,
  Health,
  Stage,
  Advance,
  Action,
  CustomerState,
  Evidence,
  Suppression,
  Timer,
  Transition,
} from './types.js';
