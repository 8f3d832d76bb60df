import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { InputEventOf } from '#contracts';
import { AddressBook } from './address-book.js';
import { HeldActions } from './held-actions.js';

@Controller()
export class AddressBookController {
  constructor(
    private readonly book: AddressBook,
    private readonly held: HeldActions,
  ) {}

  @EventPattern('profile.updated.v1')
  updated(@Payload() { subject, data, at }: InputEventOf<'profile.updated.v1'>): Promise<void> {
    return this.book.update(subject, data, at);
  }

  @EventPattern('customer.erased.v1')
  async erased(@Payload() { subject }: InputEventOf<'customer.erased.v1'>): Promise<void> {
    await this.book.erase(subject);
    await this.held.forget(subject);
  }
}
