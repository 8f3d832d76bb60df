import { openBackends, openLifecycles } from '#backends';
import { loadConfig } from '#config';
import type { Facts } from './verify/story.js';

/** What the product says of its customers, by its own reading of its store, for the verifier to judge. */
export async function claimedFacts(
  environment: Readonly<Record<string, string>>,
): Promise<ReadonlyMap<string, Facts>> {
  const config = loadConfig(environment);
  const backends = await openBackends(config, { engine: false, clientId: 'chaos-facts' });
  try {
    const { current } = await openLifecycles(config, backends.store);
    const claimed = new Map<string, Facts>();
    for await (const { id, state } of backends.store.scan()) {
      const facts: Readonly<Record<string, unknown>> = current.factsOf(state);
      claimed.set(id, {
        stage: String(facts['stage']),
        health: String(facts['health']),
        orders: Number(facts['orders']),
        spend: (facts['spend'] as Record<string, number> | undefined)?.['EUR'] ?? 0,
        visits: Number(facts['visits']),
        cases: Number(facts['casesOpened']),
        surveys: Number(facts['surveysAnswered']),
        points: Number(facts['pointsPending']),
        lastVisitAt: facts['lastVisitAt'] as number | undefined,
        lastEventAt: Number(facts['lastEventAt']),
      });
    }
    return claimed;
  } finally {
    await backends.close();
  }
}
