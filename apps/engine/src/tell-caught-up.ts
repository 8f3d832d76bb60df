import type { Logger, Metrics } from '#observability';
import type { Engine } from '#pipeline';

const CHECK_MS = 200;

/** Says once when the backlog of the start is folded, how long that took and at which rate. Returns what ends the watch. */
export function tellCaughtUp(engine: Pick<Engine, 'status'>, metrics: Metrics, logger: Logger): () => void {
  const started = performance.now();
  const check = async () => {
    const { tasks } = engine.status();
    if (tasks.length === 0 || !tasks.every((task) => task.quiet)) return;
    clearInterval(timer);
    const seconds = (performance.now() - started) / 1_000;
    const records = (await metrics.records.get()).values.reduce((sum, { value }) => sum + value, 0);
    const figures = {
      records,
      seconds: Number(seconds.toFixed(1)),
      perSecond: Math.round(records / seconds),
    };
    logger.info(figures, 'caught up');
  };
  const timer = setInterval(() => void check(), CHECK_MS);
  return () => clearInterval(timer);
}
