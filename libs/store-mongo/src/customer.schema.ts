import type { CustomerDocument } from '#pipeline';
import { Schema } from 'mongoose';
import { outputRow, outputRowOf, type OutputRow } from './output-row.js';

type State = CustomerDocument['state'];

/**
 * A customer's document. `state` is JSON text: it comes back exactly as it went in, whatever its keys are, at half the
 * time and two thirds of the size of a BSON subdocument of the same. What operators and the scheduler ask for stands
 * beside it.
 */
export interface CustomerRow {
  readonly _id: string;
  readonly partition: number;
  /** The write guard. */
  readonly batch: number;
  readonly stage: string;
  readonly health: string;
  /** `name@version`. */
  readonly definition: string;
  /** The earliest timer; absent where none is set. */
  readonly next?: { readonly due: Date; readonly name: string };
  /** Of a customer who asked to be forgotten; absent else. */
  readonly erased?: true;
  readonly state: string;
  readonly outputs: readonly OutputRow[];
}

export const customerSchema = new Schema<CustomerRow>(
  {
    _id: { type: String, required: true },
    partition: { type: Number, required: true },
    batch: { type: Number, required: true },
    stage: String,
    health: String,
    definition: String,
    next: { due: Date, name: String },
    erased: Boolean,
    state: { type: String, required: true },
    outputs: [Schema.Types.Mixed],
  },
  { collection: 'customers', versionKey: false, autoIndex: false, autoCreate: false },
)
  .index(
    { partition: 1, 'next.due': 1, _id: 1 },
    { name: 'due', partialFilterExpression: { 'next.due': { $exists: true } } },
  )
  .index({ partition: 1, _id: 1 }, { name: 'list' });

export function customerRow({ id, partition, batch, state, outputs }: CustomerDocument): CustomerRow {
  const next = earliest(state);
  return {
    _id: id,
    partition,
    batch,
    stage: state.stage,
    health: state.health,
    definition: state.definition,
    ...(next && { next: { due: new Date(next.due), name: next.name } }),
    ...(state.erased !== undefined && { erased: true as const }),
    state: JSON.stringify(state),
    outputs: outputs.map(outputRowOf),
  };
}

export function customerDocument({ _id, partition, batch, state, outputs }: CustomerRow): CustomerDocument {
  return {
    id: _id,
    partition,
    batch,
    state: JSON.parse(state) as State,
    outputs: outputs.map(outputRow),
  };
}

function earliest({ timers }: State) {
  return timers.reduce<State['timers'][number] | undefined>(
    (best, timer) => (best === undefined || timer.due < best.due ? timer : best),
    undefined,
  );
}
