import { setTimeout as pause } from 'node:timers/promises';
import type { Server } from '#testing';
import type { Engines, Member } from './engines.js';
import type { Fault } from './plan.js';
import type { Proxy } from './proxy.js';

export interface Victims {
  readonly engines: Engines;
  readonly broker: Server;
  /** `proxy` is absent where the engines reach the server directly. */
  readonly store?: { readonly server: Server; readonly proxy?: Proxy };
}

export interface Made {
  /** Partitions whose progress it stops; undefined for all. */
  readonly affected?: readonly number[];
  /** Resolves when what was done is undone, as far as that is the fault's part. */
  readonly undone: Promise<void>;
}

const RESTART_MS = 1_000;
const DELAY_MS = 150;

/** Makes one fault. Resolves when it is made; what follows goes on in `undone`. */
export async function makeFault(fault: Fault, victims: Victims): Promise<Made> {
  const { engines } = victims;
  switch (fault.kind) {
    case 'engine killed': {
      const member = chosen(fault, engines);
      const affected = await engines.assigned(member);
      engines.kill(member);
      return { ...of(affected), undone: member.process.exited.then(() => undefined) };
    }
    case 'engine suspended': {
      const member = chosen(fault, engines);
      const affected = await engines.assigned(member);
      engines.suspend(member);
      return { ...of(affected), undone: pause(fault.ms).then(() => engines.resume(member)) };
    }
    case 'member removed': {
      const member = chosen(fault, engines);
      const affected = await engines.assigned(member);
      return { ...of(affected), undone: engines.remove(member) };
    }
    case 'member added':
      return { undone: engines.start() };
    case 'broker killed':
      await victims.broker.kill();
      return { undone: pause(RESTART_MS).then(() => victims.broker.start()) };
    default:
      return onStore(fault, victims.store);
  }
}

async function onStore(fault: Fault, store: Victims['store']): Promise<Made> {
  if (!store) throw new Error(`${fault.kind}: this mode has no store server`);
  const { server, proxy } = store;
  if (fault.kind === 'store killed') {
    await server.kill();
    return { undone: pause(RESTART_MS).then(() => server.start()) };
  }
  if (!proxy) throw new Error(`${fault.kind}: no proxy stands before this store`);
  switch (fault.kind) {
    case 'store silent':
      proxy.silence();
      return { undone: pause(fault.ms).then(() => proxy.speak()) };
    case 'store slow':
      proxy.slow(DELAY_MS);
      return { undone: pause(fault.ms).then(() => proxy.slow(0)) };
    case 'store connections cut':
      proxy.cut();
      return { undone: Promise.resolve() };
    case 'store connections dead':
      proxy.deaden();
      return { undone: Promise.resolve() };
    default:
      throw new Error(`${fault.kind} is nothing that can be done to a store`);
  }
}

/** @throws when no engine runs. */
function chosen({ engine }: Fault, engines: Engines): Member {
  const running = engines.running;
  const member = running[Math.floor(engine * running.length)];
  if (!member) throw new Error('no engine runs');
  return member;
}

const of = (affected: readonly number[] | undefined) => (affected && affected.length > 0 ? { affected } : {});
