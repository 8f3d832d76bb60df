import { mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Server, Service } from './service.js';

/** What a keeper writes to `status.json` in its folder, and sends to a parent that forked it. */
export type Status = { readonly address: string; readonly keeper: number } | { readonly failure: string };

/** What a parent may ask of the keeper of its own server. Answered by `{done}` or `{failure}`. */
export type Order = 'kill' | 'start';

/**
 * Starts the server of the service that `module` (a URL) exports, and keeps it for as long as process `run` lives or,
 * without it, the parent that forked this process. Then the server is killed and the folder removed. Signals of a
 * terminal do not reach it.
 */
export async function keep(module: string, folder: string, run?: number): Promise<void> {
  const data = join(folder, 'data');
  mkdirSync(data, { recursive: true });
  const starting = begin(module, data);
  let ending = false;
  const end = async () => {
    if (ending) return;
    ending = true;
    // A server that is still starting has a process of its own already.
    await (await starting.catch(() => undefined))?.kill();
    rmSync(folder, { recursive: true, force: true });
    if (run !== undefined) removeIfEmpty(dirname(folder));
    process.exit(0);
  };
  process.on('SIGTERM', () => void end());
  process.on('disconnect', () => void end());
  if (run !== undefined) setInterval(() => alive(run) || void end(), 300);
  process.on('message', (order: Order) => {
    starting
      .then((server) => server[order]())
      .then(
        () => tell({ done: order }),
        (error: Error) => tell({ failure: error.message }),
      );
  });

  const status: Status = await starting.then(
    ({ address }) => ({ address, keeper: process.pid }),
    (error: Error) => ({ failure: error.message }),
  );
  writeFileSync(join(folder, 'status.partial'), JSON.stringify(status));
  renameSync(join(folder, 'status.partial'), join(folder, 'status.json'));
  tell(status);
}

async function begin(module: string, data: string): Promise<Server> {
  const { service } = (await import(module)) as { service: Service };
  const { noDocker } = await import('./container-server.js');
  const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
  let noContainer = await noDocker();
  if (noContainer === undefined)
    try {
      return await service.container();
    } catch (error) {
      noContainer = messageOf(error);
    }
  return service.native(data).catch((error: unknown) => {
    throw new Error(`no container (${noContainer}) and no native server (${messageOf(error)})`, {
      cause: error,
    });
  });
}

/** To the parent, where there is one. One that is gone must not end this process before its server. */
function tell(message: object): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Another service's keeper is still there, and removes it.
  }
}
