import type { EventLog, OutboundRecord } from '#pipeline';

const TICK_MS = 20;

/**
 * Publishes so many records a second for so many ms. `due` hears of each, by its number, when it was to be published: at the
 * beginning of its tick, however late it is sent.
 */
export async function publishEvenly(
  log: EventLog,
  records: Iterator<OutboundRecord>,
  { perSecond, ms }: { readonly perSecond: number; readonly ms: number },
  due: (event: number, at: number) => void = () => undefined,
): Promise<void> {
  const begun = performance.now();
  let published = 0;
  for (let tick = 0; tick < Math.ceil(ms / TICK_MS); tick++) {
    const at = begun + tick * TICK_MS;
    const early = at - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    const upTo = Math.round(((tick + 1) * TICK_MS * perSecond) / 1_000);
    const chunk: OutboundRecord[] = [];
    for (; published < upTo; published++) {
      due(published, at);
      chunk.push(records.next().value as OutboundRecord);
    }
    await log.publish(chunk);
  }
}
