import { viewOf, type DefinitionView } from '#lifecycle';
import type { Command } from '../../context.js';
import { exitCode } from '../../exit-code.js';
import { table } from '../../output.js';
import type { DefinitionForm } from './form.js';
import { namedDefinition } from './named-definition.js';

/** `perennial definition show [NAME|FILE]`: state diagram, rules, timers, programmes and contact policy in words. */
export const showDefinition =
  (name: string | undefined, form: DefinitionForm): Command =>
  async (context) => {
    const view = viewOf(await namedDefinition(name, context));
    await context.terminal.out(printed(view, form));
    return exitCode.ok;
  };

function printed(view: DefinitionView, form: DefinitionForm): string {
  switch (form) {
    case 'text':
      return definitionText(view);
    case 'json':
      return `${JSON.stringify(view, null, 2)}\n`;
    case 'mermaid':
      return view.mermaid;
    default:
      return form satisfies never;
  }
}

function definitionText(view: DefinitionView): string {
  const { definition, hash, mermaid, rules, timers, programmes, contactPolicy } = view;
  const off = programmes.filter(({ on }) => !on).map(({ programme }) => programme);
  return [
    `${definition} (${hash.slice(0, 12)}…)\n`,
    settingsTable(view.settings),
    `\`\`\`mermaid\n${mermaid}\`\`\`\n`,
    table(rules, ['region', 'from', 'to', 'rule', 'description', 'when', 'heard']),
    table(timers, ['name', 'due']),
    ...programmes
      .filter(({ on }) => on)
      .map(({ programme, settings: chosen }) => `programme ${programme}\n${settingsTable(chosen)}`),
    ...(off.length === 0 ? [] : [`off: ${off.join(', ')}\n`]),
    `contact policy\n${settingsTable(contactPolicy)}`,
  ].join('\n');
}

const settingsTable = (settings: DefinitionView['settings']) =>
  table(
    settings.map(({ name, words, description }) => ({ setting: name, value: words, description })),
    ['setting', 'value', 'description'],
  );
