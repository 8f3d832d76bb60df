import type { Intent, Offsets } from '#pipeline';
import { Schema } from 'mongoose';

/** Positions are pairs, since topics' names hold dots. */
type OffsetRows = readonly { readonly topic: string; readonly offset: number }[];

/** The task of one partition index: who owns it, and what its owner is about to do. */
export interface TaskRow {
  readonly _id: number;
  readonly epoch: number;
  readonly intent?: Omit<Intent, 'from' | 'to'> & { readonly from: OffsetRows; readonly to: OffsetRows };
}

export const taskSchema = new Schema<TaskRow>(
  { _id: Number, epoch: { type: Number, required: true }, intent: Schema.Types.Mixed },
  { collection: 'tasks', versionKey: false, autoIndex: false, autoCreate: false },
);

export function intentRow(intent: Intent): NonNullable<TaskRow['intent']> {
  return { ...intent, from: rowsOf(intent.from), to: rowsOf(intent.to) };
}

export function intentOf(row: NonNullable<TaskRow['intent']>): Intent {
  return { ...row, from: offsetsOf(row.from), to: offsetsOf(row.to) };
}

const rowsOf = (offsets: Offsets): OffsetRows =>
  Object.entries(offsets).map(([topic, offset]) => ({ topic, offset }));
const offsetsOf = (rows: OffsetRows): Offsets =>
  Object.fromEntries(rows.map(({ topic, offset }) => [topic, offset]));
