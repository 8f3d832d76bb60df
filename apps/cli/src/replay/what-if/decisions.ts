import type { Action, Advance } from '#lifecycle';
import { actionOutput, suppressionOutput, transitionOutput, type Output } from '#pipeline';
import type { RecordedOutput } from '../../inspect/why/recorded-outputs.js';
import type { Asked, Decided } from './decided.js';

const recorded = ({ id, type, at, data }: Output): RecordedOutput => ({
  ...{ id, type, time: new Date(at).toISOString() },
  data: data as RecordedOutput['data'],
});

/** What one advance decided, by the clock `now`, ms. `label` is the definition's `name@version`. */
export function decisionsOf(
  customer: string,
  { customer: { stage }, migration, transitions, actions, suppressed }: Advance,
  now: number,
  label: string,
): readonly Decided[] {
  if (transitions.length + actions.length + suppressed.length === 0 && !migration) return none;
  const decided: Decided[] = [];
  if (migration && migration.stageFrom !== migration.stageTo) {
    const { at, stageFrom: from, stageTo: to, id, evidence } = migration;
    const transition = { ...{ id, at, from, to, evidence }, region: 'stage' as const };
    const output = () => recorded(transitionOutput(customer, transition, label));
    decided.push({ what: 'moved', region: 'stage', from, to, at, stage: to, output });
  }
  for (const transition of transitions) {
    const { region, from, to, at } = transition;
    const output = () => recorded(transitionOutput(customer, transition, label));
    decided.push({ what: 'moved', region, from, to, at, stage, output });
  }
  const asked = (what: Asked['what'], action: Action, output: Asked['output']): void => {
    const { programme, kind, template, channel, audience } = action;
    decided.push({ what, at: now, programme, kind, template, channel, audience, stage, output });
  };
  for (const action of actions)
    asked('requested', action, () => recorded(actionOutput(customer, action, now, label)));
  for (const it of suppressed)
    asked('suppressed', it.action, () => recorded(suppressionOutput(customer, it, now, label)));
  return decided;
}

const none: readonly Decided[] = [];
