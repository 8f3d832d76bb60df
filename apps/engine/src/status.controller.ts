import { Controller, Get, Header, Inject, ServiceUnavailableException } from '@nestjs/common';
import type { Metrics } from '#observability';
import type { Engine, EngineStatus } from '#pipeline';

export const ENGINE = Symbol('engine');
export const METRICS = Symbol('metrics');

/** What an orchestrator and a person ask of a running engine. */
@Controller()
export class StatusController {
  constructor(
    @Inject(ENGINE) private readonly engine: Pick<Engine, 'status'>,
    @Inject(METRICS) private readonly metrics: Metrics,
  ) {}

  @Get('health/live')
  live(): { alive: true } {
    return { alive: true };
  }

  /** 200 when every assigned partition commits or idles; 503 with the reasons otherwise. */
  @Get('health/ready')
  ready(): EngineStatus {
    const status = this.engine.status();
    if (!status.ready) throw new ServiceUnavailableException(status);
    return status;
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  async scrape(): Promise<string> {
    const { lag, watermarkAge, partitions } = this.metrics;
    partitions.reset();
    for (const task of this.engine.status().tasks) {
      lag.set({ partition: task.partition }, task.lag);
      watermarkAge.set({ partition: task.partition }, (Date.now() - task.watermark) / 1_000);
      partitions.inc({ state: task.state });
    }
    return this.metrics.registry.metrics();
  }
}
