import { encodeEvent, structuredHeaders, topicName } from '#contracts';
import type { Action, Advance, Lifecycle } from '#lifecycle';
import type { Offsets, OutboundRecord } from './event-log.port.js';

/** A batch as its intent fixes it. Times in ms. */
export interface BatchPlan {
  readonly number: number;
  readonly from: Offsets;
  readonly to: Offsets;
  readonly watermark: number;
  readonly now: number;
}

export interface BatchCounts {
  readonly records: number;
  /** Events folded, without timers' records. */
  readonly events: number;
  readonly timers: number;
  readonly duplicates: number;
  readonly late: number;
  readonly deadLetters: number;
  readonly rerouted: number;
  readonly outputs: number;
}

interface OutputContext {
  readonly lifecycle: Lifecycle;
  readonly group: string;
  readonly partition: number;
  readonly prefix: string;
}

const SOURCE = '/perennial';
const iso = (ms: number) => new Date(ms).toISOString();

/** One advance as records: transitions, then requests, then suppressions, in the order in which they were decided. */
export function outputsOf(
  customer: string,
  advance: Advance,
  plan: BatchPlan,
  context: OutputContext,
): OutboundRecord[] {
  if (advance.transitions.length + advance.actions.length + advance.suppressed.length === 0) return [];
  const definition = `${context.lifecycle.definition.name}@${context.lifecycle.definition.version}`;
  const emit = (topic: string, type: string, id: string, at: number, data: unknown): OutboundRecord => ({
    topic: topicName(context.prefix, topic),
    partition: context.partition,
    key: customer,
    value: encodeEvent({
      specversion: '1.0',
      id,
      source: SOURCE,
      type,
      subject: customer,
      time: iso(at),
      data,
    }),
    headers: structuredHeaders,
  });
  return [
    ...advance.transitions.map(({ id, region, from, to, at, evidence }) =>
      emit('lifecycle.transitions.v1', `${region}.changed.v1`, id, at, { from, to, definition, ...evidence }),
    ),
    ...advance.actions.map((action) =>
      emit(
        'retention.actions.v1',
        'action.requested.v1',
        action.actionId,
        plan.now,
        actionData(action, definition),
      ),
    ),
    ...advance.suppressed.map(({ action, reason, possibleAt }) =>
      emit('retention.actions.v1', 'action.suppressed.v1', `${action.actionId}-suppressed`, plan.now, {
        ...actionData(action, definition),
        reason,
        ...(possibleAt === undefined ? {} : { possibleAt: iso(possibleAt) }),
      }),
    ),
  ];
}

function actionData({ evidence, notBefore, expiresAt, ...action }: Action, definition: string) {
  return { ...action, notBefore: iso(notBefore), expiresAt: iso(expiresAt), definition, ...evidence };
}

/**
 * The record from which a replay repeats the batch. Its counts are those that do not depend on which attempt at the
 * batch folded a customer.
 */
export function orderRecord(
  plan: BatchPlan,
  context: OutputContext,
  counts: Pick<BatchCounts, 'records' | 'rerouted' | 'outputs'>,
): OutboundRecord {
  const { lifecycle, group, partition, prefix } = context;
  const slices = Object.fromEntries(Object.entries(plan.to).map(([t, to]) => [t, [plan.from[t] ?? to, to]]));
  return {
    topic: topicName(prefix, 'lifecycle.order.v1'),
    partition,
    key: String(partition),
    value: encodeEvent({
      specversion: '1.0',
      id: `${group}/${partition}/${plan.number}`,
      source: SOURCE,
      type: 'batch.applied.v1',
      subject: String(partition),
      time: iso(plan.now),
      data: {
        group,
        partition,
        number: plan.number,
        slices,
        watermark: iso(plan.watermark),
        now: iso(plan.now),
        definition: lifecycle.definition,
        rules: lifecycle.rules,
        counts,
      },
    }),
    headers: structuredHeaders,
  };
}
