import { Module, type DynamicModule } from '@nestjs/common';
import type { Metrics } from '#observability';
import type { Engine } from '#pipeline';
import { ENGINE, METRICS, StatusController } from './status.controller.js';

@Module({})
export class StatusModule {
  static of(engine: Pick<Engine, 'status'>, metrics: Metrics): DynamicModule {
    return {
      module: StatusModule,
      controllers: [StatusController],
      providers: [
        { provide: ENGINE, useValue: engine },
        { provide: METRICS, useValue: metrics },
      ],
    };
  }
}
