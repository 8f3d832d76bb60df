import { fork } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Order, Status } from './keep.js';
import type { Server, Service } from './service.js';
import { keeperScript } from './shared-server.js';

/** A server for one describe, which it may kill and start again. `end` removes it; so does the end of this process. */
export interface OwnServer extends Server {
  end(): Promise<void>;
}

type Failure = { readonly failure: string };

/** @throws when none can be had; the environment's server is never taken, since it may not be killed. */
export async function ownServer(service: Service): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), `perennial-own-${service.name}-`));
  const keeper = fork(keeperScript, [service.module, folder], {
    stdio: 'ignore',
    detached: true,
    execArgv: [],
  });
  const gone = new Promise<Failure>((resolve) => {
    keeper.once('exit', () => resolve({ failure: `the keeper of ${service.name} ended` }));
  });
  keeper.unref();
  const answer = async <T extends object>() => {
    keeper.channel?.ref();
    const message = await Promise.race([
      gone,
      new Promise<T | Failure>((resolve) => keeper.once('message', resolve)),
    ]);
    // A describe that is filtered out never calls `end`: its server must not keep the tests' process alive.
    keeper.channel?.unref();
    if ('failure' in message) throw new Error(message.failure);
    return message;
  };
  const order = async (what: Order) => {
    keeper.send(what);
    await answer();
  };
  const { address } = await answer<Exclude<Status, Failure>>().catch((error: unknown) => {
    if (keeper.connected) keeper.disconnect();
    throw error;
  });
  return {
    address,
    kill: () => order('kill'),
    start: () => order('start'),
    end: async () => {
      keeper.ref();
      if (keeper.connected) keeper.disconnect();
      await gone;
    },
  };
}
