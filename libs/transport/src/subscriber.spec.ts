/**
 * A whole subscriber of one's own: a Nest microservice that counts changes of stage. Replace `openEmbedded` by
 * `openKafkaLog` and it runs on Kafka.
 */
import 'reflect-metadata';
import { Controller, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { deadLetter, eventTypes, type CloudEvent, type DataOf } from '#contracts';
import { KeepErrorsFilter, LogContext, LogTransport } from '#transport';
import { openEmbedded } from '#store-embedded';
import { eventRecord, temporaryFolder, until } from '#testing';

type StageChanged = CloudEvent<'stage.changed.v1', DataOf<'stage.changed.v1'>>;

@Injectable()
class Tally {
  readonly entered: Record<string, string[]> = {};
  enter(stage: string, customer: string): void {
    (this.entered[stage] ??= []).push(customer);
  }
}

@Controller()
class StagesController {
  constructor(private readonly tally: Tally) {}

  @EventPattern<string>('stage.changed.v1')
  changed(@Payload() { subject, data }: StageChanged, @Ctx() { record }: LogContext): void {
    expect(record.topic).toBe('lifecycle.transitions.v1');
    this.tally.enter(data.to, subject);
  }
}

@Module({ controllers: [StagesController], providers: [Tally] })
class TallyModule {}

it('an ordinary Nest application subscribes to what the engine publishes', async () => {
  const { log, close } = await openEmbedded({ path: temporaryFolder('subscriber') });
  const topic = eventTypes['stage.changed.v1'].topic;
  await log.createTopics([topic, `${topic}.dlq`].map((name) => ({ name, partitions: 2, retentionMs: -1 })));

  const app = await NestFactory.createMicroservice(TallyModule, {
    strategy: new LogTransport({
      log,
      group: 'tally',
      topics: [topic],
      decode: ({ value }) => ({ kind: 'event', event: JSON.parse(String(value)) as StageChanged }),
      deadLetter: ({ record, reason, attempts, group }) =>
        deadLetter(record, {
          group,
          stage: 'handle',
          errorClass: reason.code,
          message: reason.message,
          attempts,
          failedAt: Date.now(),
        }),
      onFailure: (error) => {
        throw error;
      },
    }),
    logger: false,
    abortOnError: false,
  });
  app.useGlobalFilters(new KeepErrorsFilter());
  await app.listen();

  const evidence = { definition: 'retail@1', rule: 'second-purchase', facts: {}, causes: [] };
  const change = { from: 'exploration', to: 'awareness', ...evidence } as const;
  await log.publish(
    ['ann', 'bob'].map((customer) =>
      eventRecord(topic, 'stage.changed.v1', customer, change, { at: Date.now() }),
    ),
  );
  const tally = app.get(Tally);
  await until('both are counted', 10_000, () => tally.entered['awareness']?.length === 2);
  expect(tally.entered['awareness']?.toSorted()).toEqual(['ann', 'bob']);
  await app.close();
  await close();
});
