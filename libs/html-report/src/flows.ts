import type { Flow, FlowMatrix, Sankey } from './picture.js';
import type { Column } from './report.js';
import type { Cell } from './value.js';

/** Flows as they can be drawn: finite and above 0, one for each pair, names in the stated order. */
export interface Flows {
  readonly names: readonly string[];
  readonly flows: readonly Flow[];
  readonly from: ReadonlyMap<string, number>;
  readonly to: ReadonlyMap<string, number>;
  readonly total: number;
}

export function flowsOf({ flows, order }: Pick<Sankey, 'flows' | 'order'>): Flows {
  const pairs = new Map<string, Flow>();
  const [out, into] = [new Map<string, number>(), new Map<string, number>()];
  let total = 0;
  for (const { from, to, value } of flows) {
    if (!(value > 0 && value < Infinity)) continue;
    const key = JSON.stringify([from, to]);
    pairs.set(key, { from, to, value: value + (pairs.get(key)?.value ?? 0) });
    out.set(from, value + (out.get(from) ?? 0));
    into.set(to, value + (into.get(to) ?? 0));
    total += value;
  }
  const present = new Set([...out.keys(), ...into.keys()]);
  const names = [...new Set([...order, ...present])].filter((name) => present.has(name));
  const place = new Map(names.map((name, i) => [name, i]));
  const rank = ({ from, to }: Flow) => (place.get(from) ?? 0) * names.length + (place.get(to) ?? 0);
  return { names, flows: [...pairs.values()].sort((a, b) => rank(a) - rank(b)), from: out, to: into, total };
}

/** The table of either picture of flows. */
export function flowTable(
  { sides, value }: Pick<Sankey | FlowMatrix, 'sides' | 'value'>,
  { flows, from }: Flows,
): { readonly columns: readonly Column[]; readonly rows: readonly (readonly Cell[])[] } {
  return {
    columns: [
      { label: sides[0] },
      { label: sides[1] },
      { label: value.label, format: value.format },
      { label: `share of ${sides[0]}`, format: 'share' },
    ],
    rows: flows.map((flow) => [
      flow.from,
      flow.to,
      flow.value,
      flow.value / (from.get(flow.from) ?? flow.value),
    ]),
  };
}
