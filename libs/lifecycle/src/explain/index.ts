export { dateOf, factInWords, factSpec, timeInWords, valueInWords } from './fact-words.js';
export { guardInWords } from './guard-words.js';
export { outlook, type Prospect } from './outlook.js';
export { reasonInWords } from './reasons.js';
export { rulesOf, type RuleView } from './rules-of.js';
export { unmet, type Condition } from './unmet.js';
