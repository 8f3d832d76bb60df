import { Compile } from 'typebox/compile';
import { eventTypes, type EventType } from './catalogue.js';
import { describeErrors } from './validation-message.js';

interface Validator {
  Check(value: unknown): boolean;
  Errors(value: unknown): Parameters<typeof describeErrors>[0];
}

const compiled = new Map<EventType, Validator>();

const validatorOf = (type: EventType): Validator => {
  let validator = compiled.get(type);
  if (!validator) compiled.set(type, (validator = Compile(eventTypes[type].schema)));
  return validator;
};

/** Checks `data` against its type's schema; returns undefined when it holds, else what is wrong and what is allowed. */
export function validateData(type: EventType, data: unknown): string | undefined {
  const validator = validatorOf(type);
  if (validator.Check(data)) return undefined;
  return describeErrors(validator.Errors(data), data);
}
