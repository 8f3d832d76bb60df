import type { Measured, SoakedEngine } from './soaked-engine.js';

export interface Sample extends Measured {
  readonly seconds: number;
  readonly phase: 'warm-up' | 'burst' | 'steady';
}

/** Samples the engine while something goes on. */
export class Watch {
  readonly samples: Sample[] = [];
  readonly #began = performance.now();

  constructor(
    private readonly engine: SoakedEngine,
    private readonly everyMs: number,
    private readonly tell: (what: string) => void,
  ) {}

  get seconds(): number {
    return Math.round((performance.now() - this.#began) / 100) / 10;
  }

  async during(phase: Sample['phase'], work: () => Promise<void>): Promise<void> {
    const ended = work();
    let over = false;
    void ended.finally(() => (over = true)).catch(() => undefined);
    while (!over) {
      const pause = new Promise((resolve) => setTimeout(resolve, this.everyMs));
      await Promise.race([ended, pause]);
      if (over) break;
      const measured = await this.engine.measure();
      this.samples.push({ ...measured, seconds: this.seconds, phase });
      this.tell(
        `${phase}: ${measured.events} events, lag ${measured.lag}, heap ${Math.round(measured.heap / (1 << 20))} MB`,
      );
    }
    await ended;
  }
}
