import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload, type ClientKafka } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import { Customer } from './customer.schema.js';
import { stageOf, updateOf, type ShopEvent } from './rules.js';
import { settings } from './settings.js';

export const PRODUCER = Symbol('producer');

@Controller()
export class ShopEventsController {
  constructor(@Inject(PRODUCER) private readonly producer: ClientKafka) {}

  @EventPattern([...settings.inputs])
  async handle(@Payload() event: ShopEvent): Promise<void> {
    const { id, type, subject, time } = event;
    const customer = await Customer.findOneAndUpdate({ _id: subject }, updateOf(event), {
      upsert: true,
      returnDocument: 'after',
      setDefaultsOnInsert: true,
    });
    const stage = stageOf(customer);
    if (stage !== customer.stage) {
      const data = { from: customer.stage, to: stage };
      await Customer.updateOne({ _id: subject }, { stage });
      await this.#emit(settings.transitions, {
        id: `${id}:t`,
        type: 'stage.changed.v1',
        subject,
        time,
        data,
      });
      await this.#emit(settings.actions, { id: `${id}:a`, type: 'action.requested.v1', subject, time, data });
    } else if (type === 'order.completed.v1') {
      const data = { program: 'follow-up', channel: 'email', template: 'thank-you' };
      await this.#emit(settings.actions, { id: `${id}:f`, type: 'action.requested.v1', subject, time, data });
    }
  }

  async #emit(topic: string, event: Omit<ShopEvent, 'data'> & { readonly data: object }): Promise<void> {
    await lastValueFrom(this.producer.emit(topic, { key: event.subject, value: event }), {
      defaultValue: null,
    });
  }
}
