import type { ImportedEvent } from './dataset.js';

/** The events that `--assume-consent` puts before a customer's first: an address that leads nowhere, and opt-ins to e-mail. */
export function madeUpPerson(first: ImportedEvent, dataset: string, zone: string): ImportedEvent[] {
  const { subject } = first;
  const base = { subject, at: first.at - 1_000 };
  const consent = (purpose: 'marketing' | 'survey'): ImportedEvent => ({
    ...base,
    id: `consent-${subject}-${purpose}`,
    type: 'consent.changed.v1',
    data: { purpose, channel: 'email', granted: true, origin: 'assumed by import --assume-consent' },
  });
  return [
    {
      ...base,
      id: `profile-${subject}`,
      type: 'profile.updated.v1',
      data: {
        preferredName: subject.replace('-', ' ').replace(/^./, (letter) => letter.toUpperCase()),
        email: `${subject}@${dataset}.invalid`,
        locale: 'en-US',
        timeZone: zone,
      },
    },
    consent('marketing'),
    consent('survey'),
  ];
}
