import { Module, type DynamicModule } from '@nestjs/common';
import { ActionsController } from './actions.controller.js';
import { Actions } from './actions.js';
import { AddressBookController } from './address-book.controller.js';
import { AddressBook } from './address-book.js';
import { HeldActions } from './held-actions.js';

@Module({ controllers: [ActionsController, AddressBookController] })
export class MailerModule {
  static of(actions: Actions, book: AddressBook, held: HeldActions): DynamicModule {
    return {
      module: MailerModule,
      providers: [
        { provide: Actions, useValue: actions },
        { provide: AddressBook, useValue: book },
        { provide: HeldActions, useValue: held },
      ],
    };
  }
}
