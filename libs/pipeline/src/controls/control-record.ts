import type { Brake, Brakes } from '#lifecycle';
import type { CustomerStore, RecordMap } from '../customer-store.port.js';

/** A brake as an operator set it; `at` in ms. */
export interface SetBrake {
  readonly brake: Brake;
  readonly by: string;
  readonly at: number;
}

/** Which definition is in force, and since when (ms). */
export interface ActiveDefinition {
  readonly name: string;
  readonly version: number;
  /** Content hash. */
  readonly hash: string;
  readonly by: string;
  readonly at: number;
}

/** What operators have set: one record of the store, which every engine reads and which only goes forward. */
export interface ControlRecord {
  /** By programme, or `all`. */
  readonly brakes: Readonly<Record<string, SetBrake>>;
  readonly active?: ActiveDefinition;
  /** By definition's name, the highest version that was ever active. */
  readonly versions: Readonly<Record<string, number>>;
  /** Ids of the fan-outs under way, oldest first. */
  readonly fanOuts: readonly string[];
}

const nothingSet: ControlRecord = { brakes: {}, versions: {}, fanOuts: [] };
const key = 'in force';

export async function readControls(store: CustomerStore): Promise<ControlRecord> {
  return (await mapOf(store).get(key)) ?? nothingSet;
}

/** Changes the record in one step; of several at once none is lost. */
export function changeControls(
  store: CustomerStore,
  change: (known: ControlRecord) => ControlRecord,
): Promise<ControlRecord> {
  return mapOf(store).update(key, (known = nothingSet) => change(known));
}

/** Sets the brake of a programme, or of `all`; `running` takes it off. Returns what is in force now. */
export function setBrake(
  store: CustomerStore,
  programme: string,
  brake: Brake | 'running',
  by: string,
  at: number,
): Promise<ControlRecord> {
  return changeControls(store, (known) => {
    const { [programme]: before, ...others } = known.brakes;
    if (brake === 'running') return { ...known, brakes: others };
    return {
      ...known,
      brakes: { ...others, [programme]: before?.brake === brake ? before : { brake, by, at } },
    };
  });
}

/** As the arbiter asks for them; undefined where nothing is braked. */
export function brakesOf({ brakes }: ControlRecord): Brakes | undefined {
  const set = Object.entries(brakes).sort(([a], [b]) => (a < b ? -1 : 1));
  return set.length === 0 ? undefined : Object.fromEntries(set.map(([name, { brake }]) => [name, brake]));
}

const mapOf = (store: CustomerStore): RecordMap<ControlRecord> => store.records<ControlRecord>('controls');
