import { cpSync, existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { spawn } from 'node:child_process';
import { startProcess } from '../measure/process.js';
import type { Contestant } from './contestant.js';

const outputTopics = ['lifecycle.transitions.v1', 'retention.actions.v1', 'lifecycle.deadletters.v1'];

/**
 * A Kafka Streams application: a Maven project whose main class `peer.Lifecycle` takes brokers, application id, state
 * folder, and the prefixes of its input and output topics. It is built in a copy.
 * @throws Error when there is no project, or Maven fails.
 */
export async function buildPeer(project: string, folder: string, partitions: number): Promise<Contestant> {
  if (!existsSync(join(project, 'pom.xml')))
    throw new Error(`--peer-dir ${project}: holds no pom.xml; expected the folder of a Maven project`);
  const home = join(folder, 'peer');
  cpSync(project, home, { recursive: true, filter: (path) => basename(path) !== 'target' });
  await run('mvn', ['-q', '-B', 'compile', 'dependency:copy-dependencies'], home);
  const classPath = [join(home, 'target/classes'), join(home, 'target/dependency/*')].join(':');
  return {
    name: 'peer',
    start: async ({ id, folder, brokers, prefix, log }) => {
      const group = `peer-${id}`;
      const into = `peer-${id}.`;
      const outputs = outputTopics.map((topic) => into + topic);
      await log.createTopics(outputs.map((name) => ({ name, partitions, retentionMs: -1 })));
      // As its authors recommend it: the state cached, a thread for each core of the machine that it was made on.
      const flags = [
        '-Xmx2g',
        '-Dcache=true',
        '-Dthreads=2',
        '-Dorg.slf4j.simpleLogger.defaultLogLevel=error',
      ];
      const args = [brokers, group, join(folder, 'state'), prefix, into];
      return {
        group,
        outputs,
        ...startProcess('java', [...flags, '-cp', classPath, 'peer.Lifecycle', ...args], { folder }),
      };
    },
  };
}

function run(command: string, args: readonly string[], cwd: string): Promise<void> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 2, 2] });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}`)),
    );
  });
}
