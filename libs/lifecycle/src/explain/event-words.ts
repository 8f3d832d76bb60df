import { eventTypes, isEventType } from '#contracts';

/** What a machine's event is called, for people. */
export function eventInWords(event: string): string {
  if (event === '*') return 'any event';
  const type = event === 'stage.changed' ? 'stage.changed.v1' : event;
  return isEventType(type) ? `“${eventTypes[type].title}”` : event.replace(/^timer\./, 'timer ');
}
