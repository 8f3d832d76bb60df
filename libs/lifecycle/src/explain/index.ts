export {
  dateOf,
  daysInWords,
  factInWords,
  factSpec,
  quantity,
  timeInWords,
  valueInWords,
} from './fact-words.js';
export { guardInWords } from './guard-words.js';
export { outlook, type Prospect } from './outlook.js';
export { presentOf, type Present, type Waiting } from './present.js';
export { reasonInWords } from './reasons.js';
export { rulesOf, type RuleView } from './rules-of.js';
export { unmet, type Condition } from './unmet.js';
export { diffDefinitions, type Difference } from './diff.js';
export { viewOf, type DefinitionView } from './summary.js';
export type { SettingView } from './settings-words.js';
