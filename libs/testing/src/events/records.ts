import { encodeEvent, structuredHeaders, type DataOf, type EventType } from '#contracts';

/** An event as a record for a log, in structured mode; `at` is its time in ms. */
export function eventRecord<T extends EventType>(
  topic: string,
  type: T,
  subject: string,
  data: DataOf<T>,
  { at, id = `${type}-${subject}-${at}` }: { readonly at: number; readonly id?: string },
) {
  const time = new Date(at).toISOString();
  const event = { specversion: '1.0', id, source: '/spec', type, subject, time, data } as const;
  return { topic, key: subject, headers: structuredHeaders, value: encodeEvent(event) };
}

/** Thanks by email, due at `at` (ms) and valid for two days, with some of its data changed. */
export function requestedAction(
  actionId: string,
  at: number,
  changes: Partial<DataOf<'action.requested.v1'>> = {},
): DataOf<'action.requested.v1'> {
  return {
    actionId,
    programme: 'follow-up',
    kind: 'message',
    purpose: 'service',
    channel: 'email',
    audience: 'customer',
    template: 'follow-up.thanks',
    variables: { orderId: 'o-1', occasion: 'first' },
    priority: 40,
    notBefore: new Date(at).toISOString(),
    expiresAt: new Date(at + 48 * 3_600_000).toISOString(),
    definition: 'retail@1',
    rule: 'thanks.first',
    facts: {},
    causes: [],
    ...changes,
  };
}
