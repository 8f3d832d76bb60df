import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import type { EventLog, LogRecord } from '#pipeline';
import { describeWith, freshName, own, secureKafka, secureKafkaUser } from '#testing';
import { openKafkaLog, type KafkaSettings } from './index.js';

/** The certificate that the server shows, as PEM. */
async function certificateOf(address: string): Promise<string> {
  const [host = '', port] = address.split(':');
  const raw = await new Promise<Buffer>((resolve, reject) => {
    const socket = connect({ host, port: Number(port), rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().raw);
      socket.destroy();
    });
    socket.once('error', reject);
  });
  return `-----BEGIN CERTIFICATE-----\n${raw.toString('base64')}\n-----END CERTIFICATE-----\n`;
}

await describeWith({ kafka: own(secureKafka) }, 'a Kafka that wants TLS and SASL', ({ kafka }) => {
  const ca = join(mkdtempSync(join(tmpdir(), 'perennial-ca-')), 'ca.pem');
  const open = (given: Partial<KafkaSettings>) =>
    openKafkaLog({ brokers: [kafka.address], clientId: 'secure-spec', ...given });
  const sasl = { mechanism: 'scram-sha-512', ...secureKafkaUser } as const;

  beforeAll(async () => writeFileSync(ca, await certificateOf(kafka.address)));

  const logs: EventLog[] = [];
  afterAll(async () => {
    await Promise.all(logs.map((log) => log.close()));
  });

  it.each(['plain', 'scram-sha-256', 'scram-sha-512'] as const)(
    'serves a user who shows who it is by %s',
    async (mechanism) => {
      const log = await open({ tls: { ca }, sasl: { ...sasl, mechanism } });
      logs.push(log);
      const topic = freshName('secure');
      await log.createTopics([{ name: topic, partitions: 1, retentionMs: -1 }]);
      await log.publish([{ topic, key: null, value: mechanism }]);
      const session = await log.openSession(freshName('group'), 0, [topic]);
      await session.commit([{ topic, key: null, value: 'in a transaction' }], { [topic]: 1 });
      const records: LogRecord[] = [];
      for await (const chunk of log.read(topic, 0, 0, 9)) records.push(...chunk);
      expect(records.map(({ value }) => String(value))).toEqual([mechanism, 'in a transaction']);
    },
  );

  it('turns away a wrong password, and says who tried', async () => {
    await expect(open({ tls: { ca }, sasl: { ...sasl, password: 'wrong' } })).rejects.toMatchObject({
      code: 'unreachable',
      retriable: false,
      message: expect.stringMatching(
        /with TLS and SASL scram-sha-512 as perennial: .*uthentication/,
      ) as string,
    });
  });

  it('is not trusted when no known authority vouches for it', async () => {
    await expect(open({ tls: {}, sasl })).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('certificate') as string,
    });
  });

  it('cannot be reached without TLS', async () => {
    await expect(open({ timing: { connect: 2_000 } })).rejects.toMatchObject({ code: 'unreachable' });
  });
});
