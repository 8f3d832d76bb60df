import { modelSchema, type Model } from '../alive/model.js';
import { aliveReaders } from '../alive/read-alive.js';
import { checkSettings } from './check-settings.js';
import { isEntry, type Entry, type Report } from './problems.js';

/** The section `model`, and that no rule or timer reads what would never be known without it. */
export function checkModel({ model, machine, timers }: Entry, report: Report): Model | undefined {
  if (model !== undefined && !isEntry(model)) {
    report('model', 'is no model', Object.keys(modelSchema.properties));
    return undefined;
  }
  const checked = model && (checkSettings(modelSchema, model, 'model', report) as Model);
  const needs = checked?.spend ? [] : checked ? ['expectedValue'] : Object.keys(aliveReaders);
  const section = checked ? 'model.spend' : 'model';
  for (const { path, name } of [...mentions(machine, 'machine'), ...mentions(timers, 'timers')])
    if (needs.includes(name))
      report(
        path,
        `the fact '${name}' needs the section \`${section}\``,
        'what `perennial fit --write` puts in',
      );
  return checked;
}

const naming = ['fact', 'than', 'since'];

/** Where facts are named, however deep. */
function* mentions(
  value: unknown,
  path: string,
): Generator<{ readonly path: string; readonly name: string }> {
  if (Array.isArray(value)) {
    for (const [i, inner] of value.entries()) yield* mentions(inner, `${path}[${i}]`);
  } else if (isEntry(value))
    for (const [key, inner] of Object.entries(value)) {
      if (naming.includes(key) && typeof inner === 'string') yield { path: `${path}.${key}`, name: inner };
      else yield* mentions(inner, `${path}.${key}`);
    }
}
