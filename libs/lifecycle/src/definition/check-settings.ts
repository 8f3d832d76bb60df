import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import type { Report } from './problems.js';

/** The given settings with the schema's defaults filled in; what does not fit is reported under `path`. */
export function checkSettings(schema: TSchema, given: unknown, path: string, report: Report): unknown {
  const settings = Value.Default(schema, structuredClone(given ?? {}));
  for (const error of Value.Errors(schema, settings)) {
    // The same key is reported once more by `additionalProperties` of its parent, which also names what is allowed.
    if (error.keyword === 'boolean') continue;
    const at = path + error.instancePath.replaceAll('/', '.');
    const { allowedValues, additionalProperties } = error.params as {
      readonly allowedValues?: readonly string[];
      readonly additionalProperties?: readonly string[];
    };
    if (additionalProperties)
      for (const key of additionalProperties)
        report(`${at}.${key}`, 'unknown key', keysAt(schema, error.instancePath));
    else report(at, error.message, allowedValues);
  }
  return settings;
}

function keysAt(schema: TSchema, instancePath: string): readonly string[] {
  let here: unknown = schema;
  for (const key of instancePath.split('/').slice(1)) {
    const { properties, items } = (here ?? {}) as { properties?: Record<string, unknown>; items?: unknown };
    here = properties?.[key] ?? items;
  }
  return Object.keys((here as { properties?: object } | undefined)?.properties ?? {});
}
