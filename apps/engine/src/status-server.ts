import 'reflect-metadata';
import type { AddressInfo, Server } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { Config } from '#config';
import type { Metrics } from '#observability';
import type { Engine } from '#pipeline';
import { StatusModule } from './status.module.js';

export interface StatusServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves health and metrics over HTTP. @throws Error naming host and port when the address is taken. */
export async function startStatusServer(
  { host, port }: Pick<Config, 'host' | 'port'>,
  engine: Pick<Engine, 'status'>,
  metrics: Metrics,
): Promise<StatusServer> {
  const app = await NestFactory.create(StatusModule.of(engine, metrics), {
    logger: false,
    abortOnError: false,
  });
  try {
    await app.listen(port, host);
  } catch (error) {
    await app.close();
    throw readable(error, host, port);
  }
  const address = (app.getHttpServer() as Server).address() as AddressInfo;
  return { url: `http://${host}:${address.port}`, close: () => app.close() };
}

function readable(error: unknown, host: string, port: number): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE')
    return new Error(`port ${port} on ${host} is in use: stop what listens there, or set PORT`, {
      cause: error,
    });
  if (code === 'EACCES')
    return new Error(`port ${port} on ${host} may not be opened by this user: set PORT above 1023`, {
      cause: error,
    });
  return error;
}
