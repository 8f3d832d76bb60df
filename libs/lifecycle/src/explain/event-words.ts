import { eventTypes, isEventType } from '#contracts';

/** What a machine's event is called, for people. */
export function eventInWords(event: string): string {
  if (event === '*') return 'any event';
  if (event === 'stage.changed') return 'a change of stage';
  if (isEventType(event)) return `“${eventTypes[event].title}”`;
  return event.replace(/^timer\./, 'timer ');
}
