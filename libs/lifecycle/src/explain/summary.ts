import { modelSchema } from '../alive/model.js';
import { contactPolicySchema } from '../arbiter/index.js';
import { costsSchema } from '../definition/costs.js';
import type { Definition, TimerRule } from '../definition/definition.js';
import { fixedDays } from '../definition/duration.js';
import { programmes } from '../programmes/index.js';
import { daysInWords, factInWords } from './fact-words.js';
import { followed } from './literal.js';
import { mermaidOf } from './mermaid.js';
import { regionNames, rulesOf, type RuleView } from './rules-of.js';
import { settingsOf, type SettingView } from './settings-words.js';

/** A definition in words, with every default filled in. */
export interface DefinitionView {
  /** `name@version` */
  readonly definition: string;
  readonly hash: string;
  /** Zone, cycle, floor, windows and costs. */
  readonly settings: readonly SettingView[];
  readonly states: readonly {
    readonly region: RuleView['region'];
    readonly state: string;
    readonly description: string;
  }[];
  readonly rules: readonly RuleView[];
  readonly timers: readonly { readonly name: string; readonly due: string }[];
  /** All there are; those that the definition does not name are off and have no settings. */
  readonly programmes: readonly {
    readonly programme: string;
    readonly on: boolean;
    readonly settings: readonly SettingView[];
  }[];
  readonly contactPolicy: readonly SettingView[];
  /** A state diagram of both regions. */
  readonly mermaid: string;
}

export function viewOf(definition: Definition): DefinitionView {
  const { name, version, hash, machine, timers, contactPolicy, settings } = definition;
  return {
    definition: `${name}@${version}`,
    hash,
    settings: generalOf(definition),
    states: regionNames.flatMap((region) =>
      Object.entries(machine.states[region].states).map(([state, { description = '' }]) => ({
        region,
        state,
        description,
      })),
    ),
    rules: rulesOf(definition),
    timers: timers.map((timer) => ({ name: timer.name, due: timerInWords(timer, settings.cycle) })),
    programmes: programmes.map(({ name: programme, settings: schema }) => {
      const chosen = definition.programmes.find((it) => it.programme.name === programme);
      return {
        programme,
        on: chosen !== undefined,
        settings: chosen ? settingsOf(schema, chosen.settings) : [],
      };
    }),
    contactPolicy: settingsOf(contactPolicySchema, contactPolicy),
    mermaid: mermaidOf(definition),
  };
}

function generalOf({ settings, migration, costs, acquisitionCost }: Definition): SettingView[] {
  const { calendar, cycle, overdueFloor, windows, model } = settings;
  const length = (name: string, value: number, description: string) => ({
    name,
    value,
    words: daysInWords(value),
    description,
  });
  const { purchases, returns, recent } = windows;
  return [
    { name: 'zone', value: calendar.zone, words: calendar.zone, description: 'In which days are counted.' },
    length('cycle', cycle, "The trade's usual gap between two purchases."),
    length('overdueFloor', overdueFloor, 'Nobody is overdue before so much silence.'),
    length('windows.purchases', purchases, 'For which purchase days are kept singly.'),
    length('windows.returns', returns, 'For which a return still undoes its order.'),
    length('windows.recent', recent, 'Over which recent purchases are counted.'),
    ...Object.entries(migration.stages).map(([from, to]) => ({
      name: `migration.${from}`,
      value: to,
      words: to,
      description: 'Where those go who were in that stage under the definition before.',
    })),
    ...settingsOf(modelSchema, model, 'model'),
    ...settingsOf(costsSchema, costs, 'costs'),
    ...(acquisitionCost === undefined
      ? []
      : [
          {
            name: 'acquisitionCost',
            value: acquisitionCost,
            words: `${acquisitionCost} ${costs?.currency ?? ''}`.trim(),
            description: 'What winning a new customer costs.',
          },
        ]),
  ];
}

/** Such as "last purchase, and 14 days". */
function timerInWords({ since, days }: Omit<TimerRule, 'name'>, cycle: number): string {
  if (typeof days === 'object' && 'fact' in days) return `${factInWords(since)}, and then ${followed(days)}`;
  const length = fixedDays(days, cycle);
  return length === 0 ? factInWords(since) : `${factInWords(since)}, and then ${daysInWords(length)}`;
}
