import { randomUUID } from 'node:crypto';
import { ownServer, type OwnServer } from './own-server.js';
import type { Service, SharedServer } from './service.js';
import { sharedServer } from './shared-server.js';

export interface OwnService {
  readonly own: Service;
}

/** A server for this describe alone, with `kill` and `start`. */
export const own = (service: Service): OwnService => ({ own: service });

/** A name (of a database, a topic, a group) that no other spec uses. */
export const freshName = (prefix = 't'): string => `${prefix}-${randomUUID().slice(0, 13)}`;

type Servers<Wanted> = {
  readonly [Name in keyof Wanted]: Wanted[Name] extends OwnService ? OwnServer : SharedServer;
};

/**
 * `describe` on real servers. Await it at a spec's top level. Where one cannot be had, all of it is skipped with the
 * reason in its title and on stderr; with `CI` set it fails.
 */
export async function describeWith<Wanted extends Readonly<Record<string, Service | OwnService>>>(
  wanted: Wanted,
  title: string,
  body: (servers: Servers<Wanted>) => void,
): Promise<void> {
  const started = await Promise.allSettled(
    Object.entries(wanted).map(
      async ([name, service]) =>
        [name, await ('own' in service ? ownServer(service.own) : sharedServer(service))] as const,
    ),
  );
  const servers = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const reasons = started.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []));
  const end = async () => {
    for (const [, server] of servers) if (isOwn(server)) await server.end();
  };
  if (reasons.length === 0) {
    describe(title, () => {
      afterAll(end);
      body(Object.fromEntries(servers) as Servers<Wanted>);
    });
    return;
  }
  await end();
  const why = `no ${Object.keys(wanted).join(' and ')} here: ${reasons.join('; ')}`;
  process.stderr.write(`\nSKIPPED ${title}: ${why}\n`);
  if (process.env['CI']) it(`${title}: needs its servers`, () => Promise.reject(new Error(why)));
  else describe.skip(`${title} (${why.split('\n')[0]})`, () => body(placeholders(wanted)));
}

/** Skipped specs are still collected, so their bodies see addresses that nothing answers. */
function placeholders<Wanted extends object>(wanted: Wanted): Servers<Wanted> {
  const absent = { address: 'absent.invalid:1' };
  return Object.fromEntries(Object.keys(wanted).map((name) => [name, absent])) as Servers<Wanted>;
}

const isOwn = (server: SharedServer | OwnServer): server is OwnServer => 'end' in server;
