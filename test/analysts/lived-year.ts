import { join } from 'node:path';
import { completeJourney, madeUpPerson, type ImportedEvent } from '#apps/cli';
import { hashId } from '#contracts';
import { bundledDefinition, createLifecycle, loadDefinition } from '#lifecycle';
import { openEmbedded } from '#store-embedded';
import { root } from '../support/processes.js';
import { PatientEngine } from './patient-engine.js';

const day = 24 * 3_600_000;
/** The clock moves thrice a day, first when the quiet hours of the morning are over in the shop's zone. */
const stretch = day / 3;
const opening = 14 * (day / 24);
const zone = 'America/New_York';

/** The moment at which the carried year ends. */
export const yearEnd = Date.UTC(2018, 0, 1, 5);

/** A number of 0 to 1 that these parts decide for ever. */
const drawn = (...parts: readonly (string | number)[]) =>
  parseInt(hashId('analysts', ...parts).slice(0, 12), 16) / 2 ** 48;

/** A third of the carried households, with opt-ins, some made-up survey answers and cases, in the order of event time. */
export async function yearOfEvents(): Promise<ImportedEvent[]> {
  const events: ImportedEvent[] = [];
  const known = new Set<string>();
  const sample = completeJourney(join(root, 'test/fixtures/complete-journey'));
  for await (const event of sample.events(() => undefined)) {
    const { subject } = event;
    if (!chosen(subject)) continue;
    if (!known.has(subject)) events.push(...madeUpPerson(event, sample.name, zone));
    known.add(subject);
    events.push(event, ...madeUpAround(event));
  }
  return events.filter(({ at }) => at < yearEnd).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

export const chosen = (customer: string): boolean => drawn('chosen', customer) < 1 / 3;

/** After one order in fifty an answer to "would you recommend us", after one in a hundred a case. */
function madeUpAround({ id, type, subject, at }: ImportedEvent): ImportedEvent[] {
  if (type !== 'order.completed.v1') return [];
  const made: ImportedEvent[] = [];
  if (drawn('asked', id) < 0.02) {
    const score = Math.round(10 - 7 * drawn('liking', subject) * drawn('mood', id));
    const data = { survey: 'nps', score };
    made.push({ id: `nps-${id}`, type: 'survey.answered.v1', subject, at: at + day / 4, data });
  }
  if (drawn('trouble', id) < 0.01) {
    const caseId = `case-${id}`;
    const cause = drawn('cause', id) < 0.6 ? 'quality' : 'price';
    const solved = at + day * (0.5 + 9 * drawn('patience', id));
    made.push({
      id: `${caseId}-opened`,
      type: 'case.opened.v1',
      subject,
      at: at + day / 2,
      data: { caseId, cause },
    });
    made.push({
      id: `${caseId}-resolved`,
      type: 'case.resolved.v1',
      subject,
      at: solved + day / 2,
      data: { caseId, cause },
    });
  }
  return made;
}

/** An embedded data folder as it is after an engine was up through that year: each stretch's timers, then its events. */
export async function liveTheYear(folder: string): Promise<void> {
  const embedded = await openEmbedded({ path: folder });
  try {
    const engine = await PatientEngine.start(embedded, createLifecycle(loadDefinition(bundledDefinition())));
    const stretches = Map.groupBy(await yearOfEvents(), ({ at }) => Math.floor((at - opening) / stretch));
    for (const events of stretches.values()) {
      const now = events[0]?.at ?? yearEnd;
      await engine.liveUntil(now);
      await engine.take(events, now);
    }
    await engine.liveUntil(yearEnd);
  } finally {
    await embedded.close();
  }
}
