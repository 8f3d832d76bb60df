import type { FactReader } from './programme.js';

/** Whether staff may call the customer: no objection to calls for any of these purposes, and the channel is not closed. */
export function mayBeCalled(fact: FactReader, ...purposes: readonly ('service' | 'marketing')[]): boolean {
  const consents = fact('consents') as Readonly<Record<string, string>> | undefined;
  const closed = fact('closedChannels') as Readonly<Record<string, string>> | undefined;
  if (closed?.['phone'] !== undefined) return false;
  return purposes.every((purpose) => consents?.[`phone:${purpose}`] !== 'withdrawn');
}
