import { model, Schema, type InferSchemaType } from 'mongoose';

const customerSchema = new Schema({
  _id: String,
  stage: { type: String, default: 'exploration' },
  purchases: { type: Number, default: 0 },
  spend: { type: Number, default: 0 },
  returns: { type: Number, default: 0 },
  openCases: { type: Number, default: 0 },
  escalations: { type: Number, default: 0 },
  engagements: { type: Number, default: 0 },
  nps: { type: Number, default: -1 },
  lastPurchaseAt: Date,
});

export const Customer = model('Customer', customerSchema);
export type CustomerFields = InferSchemaType<typeof customerSchema>;
