import { retailDefinition } from '../customer.given.js';
import { mermaidOf } from './mermaid.js';
import { rulesOf } from './rules-of.js';

/**
 * The part of Mermaid's stateDiagram-v2 that is used here, line by line: its own parser takes this text (mermaid 12.3),
 * but weighs 200 MB with what it needs.
 */
const grammar = {
  header: /^stateDiagram-v2$/,
  open: /^ {2}state (stage|health) \{$/,
  initial: /^ {4}\[\*\] --> [A-Za-z]+$/,
  state: /^ {4}[A-Za-z]+$/,
  arrow: /^ {4}[A-Za-z]+ --> [A-Za-z]+ : [A-Za-z0-9]+( \/ [A-Za-z0-9]+)*$/,
  close: /^ {2}\}$/,
};
const kindOf = (line: string) => Object.entries(grammar).find(([, form]) => form.test(line))?.[0] ?? line;

describe('the state diagram', () => {
  const text = mermaidOf(retailDefinition);
  const lines = text.trimEnd().split('\n');

  test('is a header and two closed regions, each with its first state before its arrows', () => {
    expect(lines.map(kindOf).join(' ')).toMatch(/^header( open initial( state)+( arrow)+ close){2}$/);
    expect(text.endsWith('}\n')).toBe(true);
  });

  test('has an arrow for every rule, each pair of states once', () => {
    const arrows = lines.filter((line) => kindOf(line) === 'arrow').map((line) => line.trim().split(' : '));
    expect(new Set(arrows.map(([arrow]) => arrow)).size).toBe(arrows.length);
    for (const { from, to, rule } of rulesOf(retailDefinition))
      expect(arrows.find(([arrow]) => arrow === `${from} --> ${to}`)?.[1]?.split(' / ')).toContain(rule);
  });
});
