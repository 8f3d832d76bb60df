import { connect } from 'node:net';
import { describeWith, freshDatabase, mongo, own } from './index.js';
import { sharedServer } from './shared-server.js';

const connects = (address: string) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(Number(new URL(address).port), '127.0.0.1');
    socket.once('connect', () => (socket.destroy(), resolve(true)));
    socket.once('error', () => resolve(false));
  });

await describeWith({ mongo }, 'a shared server', ({ mongo }) => {
  it('answers at its address', async () => {
    await expect(connects(mongo.address)).resolves.toBe(true);
  });

  it('gives each spec a database of its own', () => {
    expect(freshDatabase(mongo.address)).not.toBe(freshDatabase(mongo.address));
    expect(freshDatabase('mongodb://u:p@a:1,b:2/x?w=1')).toMatch(
      /^mongodb:\/\/u:p@a:1,b:2\/t[0-9a-f]{32}\?w=1$/,
    );
    expect(freshDatabase('mongodb://a:1')).toMatch(/^mongodb:\/\/a:1\/t[0-9a-f]{32}$/);
  });
});

await describeWith({ mongo: own(mongo) }, "a describe's own server", ({ mongo }) => {
  it('can be killed, and started again at the same address', async () => {
    await mongo.kill();
    await expect(connects(mongo.address)).resolves.toBe(false);
    await mongo.start();
    await expect(connects(mongo.address)).resolves.toBe(true);
  });
});

describe('a service that cannot be had', () => {
  it('is refused with every reason', async () => {
    const nowhere = {
      ...mongo,
      name: 'nowhere',
      variable: 'NO_SUCH_ADDRESS',
      module: new URL('./no-such-service.js', import.meta.url).href,
    };
    await expect(sharedServer(nowhere)).rejects.toThrow(/no-such-service/);
  });
});
