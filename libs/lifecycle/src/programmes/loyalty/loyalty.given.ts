import type { DataOf, KnownInputEvent, OutputType } from '#contracts';
import { retailPolicy } from '../../arbiter/arbiter.given.js';
import { inControlGroup } from '../../arbiter/control.js';
import type { silence } from '../../customer.given.js';
import { bringing, event, retailSource } from '../../customer.given.js';
import { couponCodes, createLifecycle, loadDefinition } from '../../index.js';
import type { Customer } from '../../state.js';
import type { Action, Lifecycle, PublishedRecord, Suppression } from '../../types.js';

/** Somebody whom no control group holds out. */
export const member = Array.from({ length: 50 }, (_, n) => `c-${n}`).find(
  (id) =>
    !inControlGroup(id, 'retail@1', { programme: 'loyalty', purpose: 'marketing' }, retailPolicy.control),
)!;

const codes = couponCodes('a secret for specs, of thirty-two characters');

/** retail@1 with loyalty alone, in New York. */
export const withLoyalty = (settings: object = {}): Lifecycle =>
  createLifecycle(
    loadDefinition(
      retailSource.replace(
        /^programmes:\n(?:^ .*\n)+/m,
        `programmes:\n  loyalty: ${JSON.stringify(settings)}\n`,
      ),
    ),
    codes,
  );

export const usual = withLoyalty();
export const codeOf = (grantId: string): string => codes(grantId).code;

export type LedgerEntry = DataOf<'points.changed.v1'> & { readonly at: number };

/** What became of a member. Days are counted from Monday 2026-01-05, noon in New York. */
export interface Life {
  readonly customer: Customer;
  readonly records: readonly PublishedRecord[];
  readonly entries: readonly LedgerEntry[];
  readonly requested: readonly Action[];
  readonly suppressed: readonly Suppression[];
  readonly facts: Readonly<Record<string, unknown>>;
}

type Happening = KnownInputEvent | ReturnType<typeof silence>;

/** The engine is up all the time, and brings each timer when it is due. */
export function lives(story: readonly Happening[], lifecycle: Lifecycle = usual): Life {
  let customer = lifecycle.begin(member) as Customer;
  const records: PublishedRecord[] = [];
  const requested: Action[] = [];
  const suppressed: Suppression[] = [];
  let clock = 0;
  const take = (happening: KnownInputEvent) => {
    clock = Math.max(clock, happening.at);
    const done = lifecycle.advance(customer, { ...happening, subject: member }, clock);
    customer = done.customer as Customer;
    records.push(...done.records);
    requested.push(...done.actions);
    suppressed.push(...done.suppressed);
  };
  const ring = (until: number) => {
    for (let next = customer.timers[0]; next && next.due <= until; next = customer.timers[0])
      take(bringing(next));
  };
  for (const happening of story) {
    if ('until' in happening) ring(happening.until);
    else {
      ring(happening.at - 1);
      take(happening);
    }
  }
  const entries = ofType(records, 'points.changed.v1');
  return { customer, records, entries, requested, suppressed, facts: lifecycle.factsOf(customer) };
}

/** The data of the records of one type, with their time. */
export function ofType<Type extends OutputType>(records: readonly PublishedRecord[], type: Type) {
  return records.flatMap((record) =>
    record.type === (type as string) ? [{ ...(record.data as unknown as DataOf<Type>), at: record.at }] : [],
  );
}

/** Such as `released +20 = 20`, or `earned (+20)` for what waits. */
export const told = (entries: readonly LedgerEntry[]): string[] =>
  entries.map(({ reason, change, balance, pendingChange }) => {
    const signed = (points: number) => (points < 0 ? `${points}` : `+${points}`);
    const waits = pendingChange === 0 ? '' : ` (${signed(pendingChange)})`;
    return change === 0 ? `${reason}${waits}` : `${reason}${waits} ${signed(change)} = ${balance}`;
  });

export const takesBack = (days: number, orderId: string, total?: number) =>
  event(
    'order.returned.v1',
    days,
    total === undefined ? { orderId, whole: true } : { orderId, total },
    `back-${orderId}-${days}`,
  );

export const redeems = (days: number, redemptionId: string, points: number, rewardId?: string) =>
  event(
    'redemption.requested.v1',
    days,
    { redemptionId, points, ...(rewardId !== undefined && { rewardId }) },
    `${redemptionId}@${days}`,
  );
