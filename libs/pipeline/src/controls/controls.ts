import type { Brakes, Lifecycle } from '#lifecycle';
import type { Clock } from '../clock.port.js';
import { StoreError, type CustomerStore } from '../customer-store.port.js';
import { brakesOf, readControls } from './control-record.js';

/** What one engine's batches go by. */
export interface InForce {
  readonly lifecycle: Lifecycle;
  readonly brakes?: Brakes;
  /** Ids of the fan-outs under way. */
  readonly fanOuts: readonly string[];
}

export interface ControlsDeps {
  readonly store: CustomerStore;
  readonly clock: Clock;
  /** What runs where the store names no active definition. */
  readonly lifecycle: Lifecycle;
  readonly lifecycleOf: (hash: string) => Promise<Lifecycle>;
  readonly changed: (inForce: InForce) => void;
  /** The active definition cannot be run here. */
  readonly onFatal: (error: Error) => void;
}

const POLL_MS = 500;

/**
 * What operators have set, as one engine knows it: read again and again, by one reader for all its tasks, since an
 * operator works in another process.
 */
export class Controls {
  #current: InForce;
  #reading: Promise<void> = Promise.resolve();
  #cancel: () => void = () => undefined;
  #stopped = false;

  constructor(private readonly deps: ControlsDeps) {
    this.#current = { lifecycle: deps.lifecycle, fanOuts: [] };
  }

  get current(): InForce {
    return this.#current;
  }

  /** As they stand now, or later. @throws StoreError, or Error when the active definition cannot be run. */
  refresh(): Promise<void> {
    const reading = this.#reading.then(() => this.#read());
    this.#reading = reading.catch(() => undefined);
    return reading;
  }

  start(): void {
    this.#cancel = this.deps.clock.after(POLL_MS, () => void this.#poll());
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    await this.#reading;
  }

  /** A store that is away is the tasks' concern; until it is back, what was known stays. */
  async #poll(): Promise<void> {
    try {
      await this.refresh();
    } catch (error) {
      if (!(error instanceof StoreError && error.retriable))
        return this.deps.onFatal(error instanceof Error ? error : new Error(String(error)));
    }
    if (!this.#stopped) this.start();
  }

  async #read(): Promise<void> {
    const { store, lifecycle, lifecycleOf, changed } = this.deps;
    const record = await readControls(store);
    const before = this.#current;
    const brakes = brakesOf(record);
    const hash = record.active?.hash;
    this.#current = {
      lifecycle:
        hash === undefined || hash === lifecycle.definition.hash ? lifecycle : await lifecycleOf(hash),
      ...(brakes && { brakes }),
      fanOuts: record.fanOuts,
    };
    if (said(before) !== said(this.#current)) changed(this.#current);
  }
}

const said = ({ lifecycle, brakes }: InForce): string => JSON.stringify([lifecycle.definition.hash, brakes]);
