import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installOnce, run } from './install-once.js';

export const kafkaVersion = '4.1.1';

const dependencies = [
  ['org.apache.kafka', 'kafka_2.13', kafkaVersion],
  ['org.apache.kafka', 'kafka-tools', kafkaVersion],
  ['org.slf4j', 'slf4j-simple', '1.7.36'],
].map(
  ([group, artifact, version]) =>
    `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`,
);

const pom = `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>perennial</groupId><artifactId>kafka-for-tests</artifactId><version>1</version>
  <dependencies>${dependencies.join('')}</dependencies>
</project>`;

/** Arguments with which `java` finds Apache Kafka's classes: broker, tools and console clients. Needs Java 17 and Maven. */
export async function kafkaClassPath(): Promise<readonly string[]> {
  const home = await installOnce(`kafka-${kafkaVersion}`, async (folder) => {
    writeFileSync(join(folder, 'pom.xml'), pom);
    const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${join(folder, 'jars')}`];
    await run('mvn', ['--quiet', '--batch-mode', '--file', join(folder, 'pom.xml'), ...goal]);
  });
  return ['-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-cp', join(home, 'jars', '*')];
}
