import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { LogContext } from '#transport';
import type { ActionRequested } from './action.js';
import { Actions } from './actions.js';

@Controller()
export class ActionsController {
  constructor(private readonly actions: Actions) {}

  // The type argument picks Nest's overload that allows a typed context.
  @EventPattern<string>('action.requested.v1')
  requested(@Payload() action: ActionRequested, @Ctx() context: LogContext): Promise<void> {
    return this.actions.arrived(action, context);
  }
}
