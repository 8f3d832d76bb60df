import { Schema } from 'mongoose';

export interface DefinitionRow {
  /** Content hash. */
  readonly _id: string;
  readonly name: string;
  readonly version: number;
  readonly source: string;
}

export const definitionSchema = new Schema<DefinitionRow>(
  { _id: String, name: String, version: Number, source: String },
  { collection: 'definitions', versionKey: false, autoIndex: false, autoCreate: false },
).index({ name: 1, version: 1 }, { name: 'nameAndVersion', unique: true });
