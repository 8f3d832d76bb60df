import fc from 'fast-check';
import type { KnownInputEvent } from '#contracts';
import { retailPolicy } from './arbiter/arbiter.given.js';
import { inControlGroup } from './arbiter/control.js';
import { on, retail } from './customer.given.js';
import { histories } from './history.given.js';
import type { Action, Advance } from './types.js';

const hour = 3_600_000;
const day = 24 * hour;

interface Step {
  readonly event: KnownInputEvent;
  readonly now: number;
  readonly done: Advance;
}

/** Opted in on all channels from the start, so that there is something to stop. */
const beginning = (['email', 'sms', 'push'] as const).flatMap((channel) =>
  (['marketing', 'survey'] as const).map((purpose) => ({
    id: `in-${channel}-${purpose}`,
    source: '/shop',
    subject: 'c-1',
    at: on(0) - day,
    type: 'consent.changed.v1',
    data: { channel, purpose, granted: true },
  })),
) as readonly KnownInputEvent[];

/** Tells a history as it would be live: timers at their due time, each event soon after it happened. */
function live(id: string, history: readonly KnownInputEvent[], lag: number): readonly Step[] {
  let customer = retail.begin(id);
  const steps: Step[] = [];
  let clock = 0;
  const take = (event: KnownInputEvent) => {
    clock = Math.max(clock, event.at + lag);
    const done = retail.advance(customer, event, clock);
    customer = JSON.parse(JSON.stringify(done.customer)) as typeof customer;
    steps.push({ event, now: clock, done });
  };
  const ring = (upTo: number) => {
    for (let next = customer.timers[0]; next && next.due <= upTo; next = customer.timers[0]) {
      const due = new Date(next.due).toISOString();
      const timer = { type: 'timer.due.v1', data: { name: next.name, due } } as const;
      take({ ...timer, id: `${next.name}@${due}`, source: '/perennial', subject: id, at: next.due });
    }
  };
  for (const event of [...beginning, ...history]) {
    ring(event.at - 1);
    take({ ...event, subject: id });
  }
  ring((history.at(-1)?.at ?? on(0)) + 60 * day);
  return steps;
}

const lives = fc
  .tuple(
    fc.integer({ min: 0, max: 60 }).map((n) => `c-${n}`),
    histories({ days: 380, most: 70 }),
    fc.constantFrom(0, hour, 13 * hour),
  )
  .map(([id, history, lag]) => ({ id, steps: live(id, history, lag) }));

const holds = (check: (id: string, steps: readonly Step[]) => void) =>
  fc.assert(
    fc.property(lives, ({ id, steps }) => check(id, steps)),
    { numRuns: 60 },
  );

const messages = ({ done }: Step): readonly Action[] =>
  done.actions.filter(({ audience, purpose }) => audience === 'customer' && purpose !== 'transactional');

/** What the customer said last, kept by hand from the events alone. */
function consentsOf(steps: readonly Step[]): (channel: string, purpose: string) => boolean | undefined {
  const words = new Map<string, boolean>();
  for (const { event } of steps) {
    if (event.type === 'consent.changed.v1')
      words.set(`${event.data.channel}:${event.data.purpose}`, event.data.granted);
    if (event.type === 'message.unsubscribed.v1')
      for (const purpose of event.data.purpose ? [event.data.purpose] : ['marketing', 'survey', 'service'])
        words.set(`${event.data.channel}:${purpose}`, false);
  }
  return (channel, purpose) => words.get(`${channel}:${purpose}`);
}

function zonesOf(steps: readonly Step[]): readonly string[] {
  let [zones, since] = [['America/New_York'], -Infinity];
  for (const { event } of steps)
    if (event.type === 'profile.updated.v1' && event.data.timeZone !== undefined && event.at >= since) {
      const zone = event.data.timeZone ?? 'America/New_York';
      zones = event.at === since ? [...zones, zone] : [zone];
      since = event.at;
    }
  return zones;
}

/** The open cases with their latest news, ms. */
function openCases(steps: readonly Step[]): ReadonlyMap<string, number> {
  const open = new Map<string, number>();
  const resolvedAt = new Map<string, number>();
  for (const { event } of steps) {
    if (!event.type.startsWith('case.')) continue;
    const { caseId } = event.data as { readonly caseId: string };
    const resolved = resolvedAt.get(caseId);
    if (event.type === 'case.resolved.v1') {
      open.delete(caseId);
      resolvedAt.set(caseId, event.at);
    } else if (resolved === undefined || (event.type === 'case.reopened.v1' && event.at > resolved))
      open.set(caseId, event.at);
    else if (open.has(caseId)) open.set(caseId, event.at);
  }
  return open;
}

const clocks = new Map<string, Intl.DateTimeFormat>();
function wallClock(at: number, timeZone: string): string {
  let clock = clocks.get(timeZone);
  if (!clock) {
    const shown = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
    clock = new Intl.DateTimeFormat('en-GB', { timeZone, ...shown });
    clocks.set(timeZone, clock);
  }
  return clock.format(at);
}

describe('whatever a customer does, with every programme on', () => {
  test('no marketing and no survey goes out without an opt-in, and nothing against an objection', () => {
    holds((_, steps) => {
      steps.forEach((step, n) => {
        const said = consentsOf(steps.slice(0, n + 1));
        for (const { channel, purpose } of messages(step))
          if (purpose === 'service') expect(said(channel, purpose)).not.toBe(false);
          else expect(said(channel, purpose)).toBe(true);
      });
    });
  });

  test("no message goes out at night by the customer's own clock, over every change of clocks", () => {
    holds((_, steps) => {
      steps.forEach((step, n) => {
        if (messages(step).length === 0) return;
        const shown = zonesOf(steps.slice(0, n + 1)).map((zone) => wallClock(step.now, zone));
        expect(shown.some((clock) => clock >= '09:00' && clock < '20:00')).toBe(true);
      });
    });
  });

  test('no cap of the policy is ever passed', () => {
    holds((_, steps) => {
      const sent = steps.flatMap((step) => messages(step).map((action) => ({ ...action, at: step.now })));
      const returned = new Set(
        steps.flatMap(({ event }) =>
          event.type === 'message.failed.v1' || event.type === 'message.bounced.v1'
            ? [event.data.actionId]
            : [],
        ),
      );
      for (const { purpose, channel, most, days } of retailPolicy.caps) {
        const counted = sent.filter(
          (it) =>
            (purpose === undefined || it.purpose === purpose) &&
            (channel === undefined || it.channel === channel) &&
            !returned.has(it.actionId) &&
            !it.template.endsWith('.reminder'),
        );
        for (const { at } of counted)
          expect(counted.filter((it) => it.at <= at && it.at > at - days * day).length).toBeLessThanOrEqual(
            most,
          );
      }
    });
  });

  test('no promotion goes out while a case is open that had news in the last 30 days', () => {
    holds((_, steps) => {
      steps.forEach((step, n) => {
        if (!messages(step).some(({ purpose }) => purpose === 'marketing')) return;
        for (const news of openCases(steps.slice(0, n + 1)).values())
          expect(step.now - news).toBeGreaterThanOrEqual(30 * day);
      });
    });
  });

  test('every action, transition and record bears an id of its own', () => {
    holds((_, steps) => {
      const ids = steps.flatMap(({ done: { transitions, actions, suppressed, records } }) => [
        ...transitions.map(({ id }) => id),
        ...actions.map(({ actionId }) => actionId),
        ...suppressed.map(({ action }) => action.actionId),
        ...records.map(({ id }) => id),
      ]);
      expect(new Set(ids).size).toBe(ids.length);
    });
  });

  test('control customers get nothing of their programme', () => {
    holds((id, steps) => {
      for (const { done } of steps)
        for (const action of done.actions)
          expect(inControlGroup(id, 'retail@1', action, retailPolicy.control)).toBe(false);
    });
  });

  test('no output bears a name, an address or a birthday', () => {
    holds((_, steps) => {
      for (const { done } of steps)
        expect(JSON.stringify([done.transitions, done.actions, done.suppressed, done.records])).not.toMatch(
          /Ann|mail\.invalid|1984-02-29|--03-29|1990-10-04/,
        );
    });
  });
});
