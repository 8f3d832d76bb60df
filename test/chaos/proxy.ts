import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  dead: boolean;
}

/** A TCP proxy on loopback that can do to connections what bad networks and stopped servers do. */
export class Proxy {
  readonly #pairs = new Set<Pair>();
  readonly #server = createServer((client) => this.#accept(client));
  #delay = 0;
  #silent = Promise.withResolvers<void>();

  constructor(private readonly target: { readonly host: string; readonly port: number }) {
    this.#silent.resolve();
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  /** Each packet comes so many ms later, in both directions. */
  slow(ms: number): void {
    this.#delay = ms;
  }

  /** As if the server's process were stopped: connections are taken, nothing is answered until `speak`. */
  silence(): void {
    this.#silent = Promise.withResolvers<void>();
  }

  speak(): void {
    this.#silent.resolve();
  }

  /** Resets all connections; new ones are served. */
  cut(): void {
    for (const { client, server } of this.#pairs) {
      client.resetAndDestroy();
      server.resetAndDestroy();
    }
  }

  /** Half-open: on the present connections nothing is heard any more, and nobody is told; new ones are served. */
  deaden(): void {
    for (const pair of this.#pairs) pair.dead = true;
  }

  async close(): Promise<void> {
    this.speak();
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #accept(client: Socket): void {
    const server = connect(this.target.port, this.target.host);
    const pair: Pair = { client, server, dead: false };
    this.#pairs.add(pair);
    const end = () => {
      this.#pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.once('close', end);
    }
    client.pipe(this.#hindrance(pair)).pipe(server);
    server.pipe(this.#hindrance(pair)).pipe(client);
  }

  #hindrance(pair: Pair): Transform {
    return new Transform({
      transform: (chunk: Buffer, _, done) => {
        const pass = async () => {
          if (this.#delay > 0) await pause(this.#delay);
          await this.#silent.promise;
          done(null, pair.dead ? undefined : chunk);
        };
        void pass();
      },
    });
  }
}
