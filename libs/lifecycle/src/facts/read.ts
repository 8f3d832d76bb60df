import { facts as catalogue, type FactName } from '#contracts';
import { aliveReaders } from '../alive/read-alive.js';
import type { Model } from '../alive/model.js';
import type { Facts, FoldSettings } from './fold.js';
import { engagementReaders } from './read-engagement.js';
import { loyaltyReaders } from './read-loyalty.js';
import { profileReaders } from './read-profile.js';
import { purchaseReaders } from './read-purchases.js';
import { standingReaders } from './read-standing.js';
import { supportReaders } from './read-support.js';

/** A customer's standing in the machine, as facts. */
export interface Standing {
  readonly stage: string;
  readonly health: string;
  /** ms; 0 before the first event. */
  readonly stageSince: number;
  readonly healthSince: number;
  /** What programmes keep, by programme. */
  readonly memory: Readonly<Record<string, unknown>>;
}

export interface ReadSettings extends FoldSettings {
  /** The trade's usual gap and the least silence that counts as overdue, days. */
  readonly cycle: number;
  readonly overdueFloor: number;
  /** How customers buy and leave; what it tells is unknown without it. */
  readonly model?: Model;
}

/** All that a reader may look at. `at` is the moment, ms. */
export interface Reading {
  readonly facts: Facts;
  readonly standing: Standing;
  readonly at: number;
  readonly settings: ReadSettings;
}

export type Reader = (reading: Reading) => unknown;

/** How each fact is read: plain functions of the folded facts, the customer's standing and the moment. */
export const readers: Readonly<Record<FactName, Reader>> = {
  ...purchaseReaders,
  ...supportReaders,
  ...engagementReaders,
  ...profileReaders,
  ...loyaltyReaders,
  ...standingReaders,
  ...aliveReaders,
};

const readersByName: ReadonlyMap<string, Reader> = new Map(Object.entries(readers));

export const isFact = (name: unknown): name is FactName =>
  typeof name === 'string' && Object.hasOwn(catalogue, name);

/** @throws RangeError for a name that is no fact. */
export function readFact(name: string, reading: Reading): unknown {
  const read = readersByName.get(name);
  if (!read) throw new RangeError(`there is no fact '${name}'`);
  return read(reading);
}

/** Every fact of which something is known, by name. */
export function readAll(reading: Reading): Readonly<Partial<Record<FactName, unknown>>> {
  const known: Partial<Record<FactName, unknown>> = {};
  for (const name of Object.keys(readers) as FactName[]) {
    const value = readers[name](reading);
    if (value !== undefined) known[name] = value;
  }
  return known;
}
