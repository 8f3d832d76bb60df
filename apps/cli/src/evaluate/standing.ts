import type { Health, Stage } from '#lifecycle';
import { stages } from '#contracts';

/** Where a customer stands, as one of these; `none` is the health inside dissolution. */
export const standings: readonly { readonly stage: Stage; readonly health: Health }[] = [
  { stage: 'dissolution', health: 'none' },
  ...stages
    .filter((stage) => stage !== 'dissolution')
    .flatMap((stage) => (['atRisk', 'recovering', 'well'] as const).map((health) => ({ stage, health }))),
];

/** Stage first, then health: the higher, the closer the relationship is held to be. */
export const rankOf = ({ stage, health }: { readonly stage: Stage; readonly health: Health }): number =>
  standings.findIndex((it) => it.stage === stage && it.health === health);
