import { setTimeout as pause } from 'node:timers/promises';
import { GenericContainer, getContainerRuntimeClient, type StartedTestContainer } from 'testcontainers';
import { until, type Server } from '#testing';

const members = [47_017, 47_018, 47_019];

interface Member {
  readonly port: number;
  readonly container: StartedTestContainer;
}

/**
 * A replica set of three real mongods. `kill` ends the one that is primary now, as a crash would, and another is elected;
 * `start` brings it back. The members share the host's network, so that they and the engines know each other by the same
 * addresses: this needs Docker on Linux, and the ports 47017 to 47019 on loopback.
 */
export async function startReplicaSet(): Promise<Server & { end(): Promise<void> }> {
  const set = await Promise.all(members.map(startMember));
  const hosts = members.map((port, _id) => ({ _id, host: `127.0.0.1:${port}` }));
  await evaluated(set[0]!, `rs.initiate(${JSON.stringify({ _id: 'rs0', members: hosts })})`);
  await until('a primary is elected', 60_000, async () => (await primaryOf(set)) !== undefined);
  const { container: docker } = await getContainerRuntimeClient();
  let down: Member | undefined;
  const handle = ({ container }: Member) => docker.getById(container.getId());
  return {
    address: `mongodb://${hosts.map(({ host }) => host).join(',')}/?replicaSet=rs0`,
    kill: async () => {
      down = await primaryOf(set);
      if (!down) throw new Error('no member is primary');
      await docker.stop(handle(down), { timeout: 0 });
    },
    start: async () => {
      if (!down) return;
      // Long enough for an election, so that what follows is a failover and not a restart.
      await pause(15_000);
      await docker.start(handle(down));
      down = undefined;
    },
    end: async () => {
      await Promise.all(set.map(({ container }) => container.stop()));
    },
  };
}

async function startMember(port: number): Promise<Member> {
  const container = await new GenericContainer('mongo:8.0.12')
    .withNetworkMode('host')
    .withCommand(['mongod', '--replSet', 'rs0', '--port', String(port), '--bind_ip', '127.0.0.1'])
    .start();
  const member = { port, container };
  await until(`mongod answers on ${port}`, 60_000, async () => (await evaluated(member, '1')).exitCode === 0);
  return member;
}

const evaluated = ({ port, container }: Member, script: string) =>
  container.exec(['mongosh', '--quiet', '--port', String(port), '--eval', script]);

async function primaryOf(set: readonly Member[]): Promise<Member | undefined> {
  for (const member of set) {
    const { exitCode, output } = await evaluated(member, 'db.hello().isWritablePrimary').catch(() => ({
      exitCode: 1,
      output: '',
    }));
    if (exitCode === 0 && output.trim() === 'true') return member;
  }
  return undefined;
}
