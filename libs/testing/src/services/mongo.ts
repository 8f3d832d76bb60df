import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { installOnce, run } from './install-once.js';
import { accepts, freePort, startNative } from './native-server.js';
import type { Service } from './service.js';

const secantus = 'secantusdb==0.7.0b3';

/**
 * A MongoDB server with a replica set of one member, so that majority writes and transactions work. Where the specs
 * start it, it takes test commands (`configureFailPoint`).
 */
export const service: Service = {
  name: 'mongo',
  module: import.meta.url,
  variable: 'MONGO_URL',

  container: async () => {
    const { startContainer } = await import('./container-server.js');
    return startContainer({
      image: 'mongo:8.0.12',
      port: 27017,
      command: () => [
        'mongod',
        '--replSet',
        'rs0',
        '--bind_ip_all',
        '--setParameter',
        'enableTestCommands=1',
      ],
      address: (port) => `mongodb://127.0.0.1:${port}/?directConnection=true`,
      initialise: [
        'mongosh',
        '--quiet',
        '--eval',
        "rs.initiate({_id: 'rs0', members: [{_id: 0, host: 'localhost:27017'}]})",
      ],
      ready: ['mongosh', '--quiet', '--eval', 'if (!db.hello().isWritablePrimary) quit(1)'],
    });
  },

  // SecantusDB speaks MongoDB's wire protocol on WiredTiger. Installable from PyPI where no mongod is in reach; slow.
  native: async (data) => {
    const home = await installOnce(secantus, async (folder) => {
      await run('python3', ['-m', 'venv', folder]);
      await run(join(folder, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--pre', secantus]);
    });
    const port = await freePort();
    return startNative({
      address: `mongodb://127.0.0.1:${port}/?directConnection=true`,
      command: join(home, 'bin', 'python'),
      args: [
        ...['-c', 'import sys; from secantus.cli import main; sys.exit(main())'],
        ...['--host', '127.0.0.1', '--port', String(port), '--storage-path', join(data, 'db')],
        ...['--enable-test-commands', '--log-level', 'WARNING'],
      ],
      logs: data,
      answers: () => accepts(port),
    });
  },
};

/** The server's URL with a database that no one else uses. */
export function freshDatabase(address: string): string {
  const [, servers = address, options = ''] = /^([^/]*\/\/[^/?]*)[^?]*(\?.*)?$/.exec(address) ?? [];
  return `${servers}/t${randomUUID().replaceAll('-', '')}${options}`;
}
