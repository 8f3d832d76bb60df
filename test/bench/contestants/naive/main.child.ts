import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClientKafka, Transport, type MicroserviceOptions } from '@nestjs/microservices';
import mongoose from 'mongoose';
import { settings } from './settings.js';
import { PRODUCER, ShopEventsController } from './shop-events.controller.js';

const client = { clientId: 'naive', brokers: settings.brokers.split(',') };

@Module({
  controllers: [ShopEventsController],
  providers: [
    {
      provide: PRODUCER,
      useFactory: () => new ClientKafka({ client, producerOnlyMode: true, postfixId: '' }),
    },
  ],
})
class NaiveModule {}

await mongoose.connect(settings.mongo);
const app = await NestFactory.createMicroservice<MicroserviceOptions>(NaiveModule, {
  transport: Transport.KAFKA,
  options: {
    client,
    consumer: { groupId: settings.group },
    subscribe: { fromBeginning: true },
    postfixId: '',
  },
  logger: ['error', 'warn'],
});
app.enableShutdownHooks();
await app.listen();
