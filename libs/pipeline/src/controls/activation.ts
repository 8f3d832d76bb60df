import type { CustomerStore, StoredDefinition } from '../customer-store.port.js';
import { changeControls, type ActiveDefinition, type ControlRecord } from './control-record.js';
import { keepFanOut, type FanOutJob } from './fan-out-job.js';

/** A definition that cannot become active; `highest` is the version of its name that was. */
export class ActivationRefused extends Error {
  constructor(
    readonly definition: string,
    readonly highest: number,
    message: string,
  ) {
    super(message);
    this.name = 'ActivationRefused';
  }
}

type Candidate = Pick<StoredDefinition, 'name' | 'version' | 'hash'>;

/**
 * Makes a registered definition the one in force, and fans out that it is, so that silent customers go over to it too.
 * `at` in ms.
 * @throws ActivationRefused where a version as high of this name was active before: definitions only go forward.
 */
export async function activate(
  store: CustomerStore,
  definition: Candidate,
  by: string,
  at: number,
): Promise<ActiveDefinition> {
  const active = activeDefinition(definition, by, at);
  const job = activationJob(active);
  await keepFanOut(store, job);
  await changeControls(store, (known) => {
    requireForward(known, definition);
    return withActive(known, active, [job.id]);
  });
  return active;
}

/** @throws ActivationRefused */
export function requireForward(
  { active, versions }: ControlRecord,
  { name, version, hash }: Candidate,
): void {
  const highest = versions[name] ?? 0;
  if (version > highest) return;
  const label = `${name}@${version}`;
  throw new ActivationRefused(
    label,
    highest,
    active?.hash === hash
      ? `${label} is active already`
      : `${label} cannot become active: ${name}@${highest} was, and definitions only go forward; ` +
          `give it version ${highest + 1}`,
  );
}

/** Id of the fan-out that tells customers of it. */
export const activationId = ({ name, version }: Pick<Candidate, 'name' | 'version'>): string =>
  `definition/${name}@${version}`;

/**
 * What the configured definition comes to when an engine starts. `active` is the one in force afterwards; it is another
 * one where the configured is `older`.
 */
export interface Start {
  readonly outcome: 'inForce' | 'activated' | 'older';
  readonly active: ActiveDefinition;
}

/** A configured definition becomes active where none is, or where its version is higher than any of its name was. */
export async function activateAtStart(
  store: CustomerStore,
  definition: Candidate,
  at: number,
): Promise<Start> {
  const active = activeDefinition(definition, 'start', at);
  const job = activationJob(active);
  const fanOuts = (await knowsAnyone(store)) ? [job.id] : [];
  let outcome: Start['outcome'] = 'inForce';
  if (fanOuts.length > 0) await keepFanOut(store, job);
  const { active: inForce = active } = await changeControls(store, (known) => {
    const newer = definition.version > (known.versions[definition.name] ?? 0);
    outcome = newer ? 'activated' : known.active?.hash === definition.hash ? 'inForce' : 'older';
    return newer ? withActive(known, active, fanOuts) : known;
  });
  return { outcome, active: inForce };
}

const activeDefinition = ({ name, version, hash }: Candidate, by: string, at: number): ActiveDefinition => ({
  name,
  version,
  hash,
  by,
  at,
});

const withActive = (
  known: ControlRecord,
  active: ActiveDefinition,
  fanOuts: readonly string[],
): ControlRecord => ({
  ...known,
  active,
  versions: { ...known.versions, [active.name]: active.version },
  fanOuts: [...known.fanOuts, ...fanOuts],
});

const activationJob = ({ name, version, hash, by, at }: ActiveDefinition): FanOutJob => ({
  id: activationId({ name, version }),
  type: 'definition.activated.v1',
  data: { definition: `${name}@${version}`, hash },
  by,
  at,
});

async function knowsAnyone(store: CustomerStore): Promise<boolean> {
  for await (const document of store.scan()) return document.id !== undefined;
  return false;
}
