import type { Definition } from '../definition/definition.js';
import { regionNames, rulesOf } from './rules-of.js';

/** A Mermaid state diagram of both regions; an arrow bears the rules that lead along it. */
export function mermaidOf(definition: Definition): string {
  const lines = ['stateDiagram-v2'];
  const rules = rulesOf(definition);
  for (const region of regionNames) {
    const { initial, states } = definition.machine.states[region];
    const arrows = new Map<string, string[]>();
    for (const { from, to, rule } of rules.filter((it) => it.region === region)) {
      const arrow = `${from} --> ${to}`;
      arrows.set(arrow, [...(arrows.get(arrow) ?? []), rule]);
    }
    lines.push(
      `  state ${region} {`,
      `    [*] --> ${initial}`,
      ...Object.keys(states).map((state) => `    ${state}`),
      ...[...arrows].map(([arrow, names]) => `    ${arrow} : ${names.join(' / ')}`),
      '  }',
    );
  }
  return `${lines.join('\n')}\n`;
}
