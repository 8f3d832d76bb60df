import { channels } from '#contracts';
import { Type } from 'typebox';
import type { Action } from '../types.js';

/** A span of time in a programme's settings, in days of 24 hours. */
export const days = (value: number, description: string) =>
  Type.Number({ default: value, minimum: 0, maximum: 3650, description });

/** Higher goes first where the contact policy has room for one only. */
export const priority = (value: number) =>
  Type.Integer({ default: value, minimum: 0, maximum: 100, description: 'Higher goes first.' });

/** Channels in order of preference. */
export const channelOrder = (...preferred: Action['channel'][]) =>
  Type.Array(Type.Enum<[...typeof channels]>([...channels]), {
    default: preferred,
    minItems: 1,
    uniqueItems: true,
    description: 'Channels in order of preference.',
  });
