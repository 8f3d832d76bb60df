import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Server } from './service.js';
import { until } from './until.js';

export interface NativeCommand {
  readonly address: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Folder for its output, `server.log`. */
  readonly logs: string;
  /** Does it answer yet? May throw for no. */
  readonly answers: () => Promise<boolean>;
}

/** Runs a server as a child of this process. @throws with the last lines of its log when it ends instead of answering. */
export async function startNative(command: NativeCommand): Promise<Server> {
  let child: ChildProcess | undefined;
  const start = async () => {
    const log = openSync(join(command.logs, 'server.log'), 'a');
    const started = spawn(command.command, command.args, {
      stdio: ['ignore', log, log],
      env: { ...process.env, ...command.env },
    });
    closeSync(log);
    child = started;
    let failure: Error | undefined;
    started.once('error', (error) => (failure = error));
    started.once(
      'exit',
      (code, signal) => (failure ??= new Error(`${command.command} ended: ${code ?? signal}`)),
    );
    await until(`${command.command} answers at ${command.address}`, 180_000, async () => {
      if (failure) throw new Error(`${failure.message}\n${lastLines(command.logs)}`, { cause: failure });
      return command.answers().catch(() => false);
    });
  };
  const kill = async () => {
    const running = child;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const gone = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await gone;
  };
  await start();
  return { address: command.address, kill, start };
}

function lastLines(folder: string): string {
  return readFileSync(join(folder, 'server.log'), 'utf8').split('\n').slice(-15).join('\n');
}

/** A TCP port on loopback that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Does anything accept connections there? */
export function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => (socket.destroy(), resolve(true)));
    socket.once('error', () => resolve(false));
  });
}
