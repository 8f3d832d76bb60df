import { readFile } from 'node:fs/promises';
import type { Config } from '#config';
import { bundledDefinition, loadDefinition } from '#lifecycle';

/** The YAML of the definition in force. */
export const definitionText = async ({ definition }: Pick<Config, 'definition'>): Promise<string> =>
  definition === undefined ? bundledDefinition() : readFile(definition, 'utf8');

/** The zone in which the definition in force counts days. */
export const definitionZone = async (config: Pick<Config, 'definition'>): Promise<string> =>
  loadDefinition(await definitionText(config)).settings.calendar.zone;
