import type { TObject } from 'typebox';
import { Compile } from 'typebox/compile';
import { eventTypes, type EventType } from './catalogue.js';
import { describeEach, describeErrors } from './validation-message.js';

/** Returns undefined when the data hold, else what is wrong with them and what is allowed. */
export type Validate = (data: unknown) => string | undefined;

function lazilyCompiled(schema: TObject): Validate {
  let validator: ReturnType<typeof Compile<TObject>> | undefined;
  return (data) => {
    validator ??= Compile(schema);
    return validator.Check(data) ? undefined : describeErrors(validator.Errors(data), data, schema);
  };
}

/** Each type's check of `data`, compiled from its schema at the first use. */
export const validators = Object.fromEntries(
  Object.entries(eventTypes).map(([type, { schema }]) => [type, lazilyCompiled(schema)]),
) as Readonly<Record<EventType, Validate>>;

export const validateData = (type: EventType, data: unknown): string | undefined => validators[type](data);

/** Everything that is wrong with the data, a sentence each with the field and what is allowed there. */
export function problemsOf(type: EventType, data: unknown): readonly string[] {
  const { schema } = eventTypes[type];
  const validator = Compile(schema);
  return validator.Check(data) ? [] : describeEach(validator.Errors(data), data, schema);
}
