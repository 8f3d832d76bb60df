import { loadDefinition, bundledDefinition } from '#lifecycle';
import { join } from 'node:path';
import { cdnow } from '../import/cdnow.js';
import type { Dataset } from '../import/dataset.js';
import { cdnowFile, projectRoot } from '../project.js';
import { byCustomer, type CustomerEvents, type CustomerSource } from './customers.js';

export const { calendar } = loadDefinition(bundledDefinition()).settings;

/** The customers of a data set, as an evaluation reads them. */
export function sourceOf(dataset: Dataset): CustomerSource {
  let customers: Promise<readonly CustomerEvents[]> | undefined;
  return {
    name: dataset.name,
    async *read() {
      yield* await (customers ??= customersOf(dataset));
    },
  };
}

async function customersOf(dataset: Dataset): Promise<readonly CustomerEvents[]> {
  const events = [];
  for await (const event of dataset.events(() => undefined))
    events.push({ ...event, source: dataset.source });
  return byCustomer(events);
}

export const cdnowSample = sourceOf(cdnow(cdnowFile, calendar.zone));
export const cdnowMaster = sourceOf(
  cdnow(join(projectRoot, 'test/fixtures/cdnow/CDNOW_master.txt.gz'), calendar.zone),
);

/** The day until which the published figures of CDNOW look. */
export const cut = Date.parse('1997-09-30') / 86_400_000;
