import type { VariableName } from './environment.js';

export interface ConfigProblem {
  readonly variable: VariableName;
  /** What is wrong and what is allowed. Never a secret's value. */
  readonly message: string;
}

/** Every bad variable at once. The message has one line for each, fit to be shown as it is. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly ConfigProblem[]) {
    super(['Bad settings:', ...problems.map((p) => `  ${p.variable}: ${p.message}`)].join('\n'));
    this.name = 'ConfigError';
  }
}
