import { existsSync } from 'node:fs';
import { createTwin, loadDefinition, type Definition, type Twin } from '#lifecycle';
import type { Context } from '../../context.js';
import { definitionText } from '../../definition-text.js';
import { Failure } from '../../failure.js';
import { labelOf } from '../../inspect/definition-book.js';
import { namedDefinition } from '../../inspect/definition/named-definition.js';
import type { CollectOptions } from './collector.js';
import type { Compared } from './result.js';

/** A definition by its file or by `name@version`; without a name the one in force. @throws Failure, DefinitionError */
export async function definitionNamed(name: string | undefined, context: Context): Promise<Definition> {
  const { kafka, dataDir, definition } = context.config;
  if (name !== undefined && kafka === undefined && !existsSync(dataDir)) {
    const configured = loadDefinition(await definitionText(context.config), definition);
    if (labelOf(configured) === name) return configured;
    if (/^[a-z][a-z0-9-]*@\d+$/.test(name))
      throw new Failure(
        `${name} is not the configured definition, ${labelOf(configured)}, and there is no store`,
      );
  }
  return namedDefinition(name, context);
}

export interface Sides {
  readonly twin: Twin;
  readonly compared: Compared;
  readonly collect: CollectOptions;
}

/**
 * Both sides made ready. `other` absent: what was recorded, which `ground` stands in for where a name, a version and costs
 * are asked for. @throws Failure where costs are in two currencies
 */
export function sidesOf(
  other: Definition | undefined,
  candidate: Definition,
  ground: Definition,
  { from, top }: Pick<CollectOptions, 'from' | 'top'>,
): Sides {
  const was = other ?? ground;
  const [one, two] = [was.costs ?? candidate.costs, candidate.costs ?? was.costs];
  if (one && two && one.currency !== two.currency)
    throw new Failure(
      `costs.currency: ${labelOf(was)} reckons in ${one.currency}, ${labelOf(candidate)} in ${two.currency}; they must be the same to be compared`,
    );
  const currency = two?.currency ?? 'USD';
  const costs = [one, two] as const;
  const notes = [
    `Control groups are drawn as under ${labelOf(was)} on both sides, so that only the rules differ.`,
  ];
  return {
    twin: createTwin(was, candidate),
    compared: { against: other, candidate, costs, currency, notes },
    collect: { from, top, costs, currency, labels: [labelOf(was), labelOf(candidate)] },
  };
}
