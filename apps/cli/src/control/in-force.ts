import type { Config } from '#config';
import { loadDefinition, type Definition } from '#lifecycle';
import { brakesOf, readControls, type ControlRecord, type CustomerStore } from '#pipeline';
import { definitionText } from '../definition-text.js';

/** The definition that engines run: the active one, else the configured one, which becomes active at the first start. */
export async function definitionInForce(
  config: Pick<Config, 'definition'>,
  store: CustomerStore,
): Promise<Definition> {
  const { active } = await readControls(store);
  const stored = active && (await store.definition(active.hash));
  return stored
    ? loadDefinition(stored.source)
    : loadDefinition(await definitionText(config), config.definition);
}

/** `all: shadow; win-back: paused`, or that there are none. */
export function brakesText(controls: ControlRecord): string {
  const brakes = Object.entries(brakesOf(controls) ?? {});
  return brakes.length === 0 ? 'none' : brakes.map(([name, brake]) => `${name}: ${brake}`).join('; ');
}

/** Who works at this terminal, for the record. */
export const operator = (env: Readonly<Record<string, string | undefined>>): string =>
  env['USER'] || env['USERNAME'] || 'unknown';
