import { existsSync } from 'node:fs';
import type { Backends } from '#backends';
import type { Config } from '#config';
import { inboxTopic, topicName } from '#contracts';
import { fanOutProgress, readControls } from '#pipeline';
import { brakesText } from '../control/in-force.js';
import type { Check } from './checks.js';

/** What operators have set: the active definition, brakes, and what customers are being told. Nothing where the store does not open. */
export async function checkControls(config: Config, open: () => Promise<Backends>): Promise<Check[]> {
  if (!config.kafka && !existsSync(config.dataDir)) return [];
  const backends = await open().catch(() => undefined);
  if (!backends) return [];
  const { store, log } = backends;
  const controls = await readControls(store);
  const { active, brakes, fanOuts } = controls;
  const braked = Object.keys(brakes).length > 0;
  const checks: Check[] = [
    {
      check: 'active definition',
      state: 'ok',
      detail: active
        ? `${active.name}@${active.version}`
        : 'none: the first start makes the configured one active',
    },
    { check: 'brakes', state: braked ? 'note' : 'ok', detail: brakesText(controls) },
  ];
  if (fanOuts.length === 0) return checks;
  const partitions = (await log.range(topicName(config.topicPrefix, inboxTopic))).length;
  for (const id of fanOuts) {
    const { sent } = await fanOutProgress(store, id, partitions);
    checks.push({
      check: 'telling customers',
      state: 'note',
      detail: `${id}: ${sent.toLocaleString('en')} told so far`,
    });
  }
  return checks;
}
