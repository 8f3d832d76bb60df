import Type from 'typebox';
import { label } from './fields.js';

/** Our own events hold nothing but what their schema names. */
export const closed = { additionalProperties: false } as const;

/** Why something was decided: part of every output. */
export const evidence = {
  definition: label('`name@version` of the definition that decided.'),
  rule: label('The rule.'),
  facts: Type.Record(Type.String(), Type.Unknown(), { description: 'The facts it read, with their values.' }),
  causes: Type.Array(Type.String(), {
    description: 'The causing events as `source#id`, or `timer:NAME@DUE`.',
  }),
};
export const evidenceExample = {
  definition: 'retail@1',
  rule: 'second-purchase',
  facts: { purchases: 2, daysSinceFirst: 19 },
  causes: ['/shop#o-2026-00017'],
};
