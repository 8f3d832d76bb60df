import { GenericContainer, getContainerRuntimeClient } from 'testcontainers';
import { freePort } from './native-server.js';
import type { Server } from './service.js';
import { until } from './until.js';

export interface ContainerSpec {
  readonly image: string;
  /** Inside the container. */
  readonly port: number;
  readonly environment?: (hostPort: number) => Readonly<Record<string, string>>;
  readonly command?: (hostPort: number) => readonly string[];
  readonly address: (hostPort: number) => string;
  /** Run in the container, once, as soon as it succeeds. */
  readonly initialise?: readonly string[];
  /** Run in the container until it succeeds, after every start. */
  readonly ready: readonly string[];
}

/** A container whose port is the same on the host after `kill` and `start`. It goes when this process does. */
export async function startContainer(spec: ContainerSpec): Promise<Server> {
  const hostPort = await freePort();
  const container = await new GenericContainer(spec.image)
    .withExposedPorts({ container: spec.port, host: hostPort })
    .withEnvironment({ ...spec.environment?.(hostPort) })
    .withCommand([...(spec.command?.(hostPort) ?? [])])
    .start();
  const succeeds = async (command: readonly string[]) => (await container.exec([...command])).exitCode === 0;
  const ready = () => until(`${spec.image} is ready`, 60_000, () => succeeds(spec.ready));
  const { initialise } = spec;
  if (initialise) await until(`${spec.image} is initialised`, 60_000, () => succeeds(initialise));
  await ready();

  const { container: engine } = await getContainerRuntimeClient();
  const handle = engine.getById(container.getId());
  return {
    address: spec.address(hostPort),
    kill: () => engine.stop(handle, { timeout: 0 }),
    start: async () => {
      await engine.start(handle);
      await ready();
    },
  };
}

/** Why no Docker engine can be used here; undefined where one answers. */
export async function noDocker(): Promise<string | undefined> {
  try {
    await getContainerRuntimeClient();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
