import Type from 'typebox';
import { birthdayFormat, timeZoneFormat } from './formats.js';

/** Channels by which a customer or an employee is reached. */
export const channels = ['email', 'sms', 'push', 'post', 'phone', 'in-person', 'in-app', 'social'] as const;
export const purposes = ['transactional', 'service', 'marketing', 'survey', 'internal'] as const;
export const audiences = [
  'customer',
  'account-manager',
  'support-lead',
  'sales',
  'product',
  'shop',
  'risk',
] as const;
export const actionKinds = ['message', 'offer', 'survey', 'perk', 'gift', 'task', 'flag'] as const;
export const stages = ['exploration', 'awareness', 'expansion', 'commitment', 'dissolution'] as const;
export const healths = ['well', 'atRisk', 'recovering', 'none'] as const;
export const sentiments = ['positive', 'neutral', 'negative'] as const;
export const surveys = ['nps', 'csat', 'feedback'] as const;
export const severities = ['low', 'medium', 'high', 'critical'] as const;
/** How supplier and customer deal with each other. */
export const relationshipTypes = [
  'transactional',
  'long-term',
  'personal-assistance',
  'dedicated-assistance',
  'self-service',
  'automated',
  'community',
  'co-creation',
] as const;
export const flags = ['fraud', 'credit', 'abuse', 'other'] as const;

export const id = (description: string) => Type.String({ minLength: 1, maxLength: 256, description });
/** A name or label of at most 256 characters. */
export const label = (description: string) => Type.String({ minLength: 1, maxLength: 256, description });
/** Free text as somebody wrote it. */
export const text = (description: string) => Type.String({ maxLength: 20_000, description });
export const oneOf = <const Values extends readonly string[]>(values: Values, description: string) =>
  Type.Enum<[...Values]>(values as unknown as [...Values], { description });
export const nullable = <Schema extends Type.TSchema>(schema: Schema, description: string) =>
  Type.Union([schema, Type.Null()], { description });

export const time = (description: string) => Type.String({ format: 'date-time', description });
export const date = (description: string) => Type.String({ format: 'date', description });
export const timeZone = () => Type.String({ format: timeZoneFormat });
export const birthday = () => Type.String({ format: birthdayFormat });
export const money = (description: string) => Type.Number({ minimum: 0, description });
export const currency = () =>
  Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217 code of every amount in this event.' });
export const channel = (description = 'How the customer was reached.') => oneOf(channels, description);
export const actionId = () => id('The retention action that this answers, where there is one.');

/** A hash that upstream makes of an address or a means of payment: equal ones are the same, and none can be read back. */
export const fingerprint = (description: string) =>
  Type.String({ minLength: 8, maxLength: 128, description });

/** Order lines as the Segment e-commerce spec has them, in camelCase. */
export const products = (description: string) =>
  Type.Array(
    Type.Object({
      productId: id('The product in the shop’s own numbering.'),
      name: Type.Optional(label('As the customer reads it.')),
      category: Type.Optional(label('The shop’s category; counted to see breadth.')),
      price: money('Price of one unit, discounts taken off.'),
      quantity: Type.Number({ minimum: 0, description: 'Units; fractions are goods sold by weight.' }),
    }),
    { maxItems: 5_000, description },
  );
