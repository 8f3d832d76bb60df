/** What a search came to. `converged`: another search from there found nothing better. */
export interface Minimum {
  readonly at: readonly number[];
  readonly value: number;
  readonly converged: boolean;
  readonly evaluations: number;
}

interface Vertex {
  readonly at: readonly number[];
  readonly value: number;
}

const tolerance = 1e-10;
const mostEvaluations = 2_000;
const mostRestarts = 8;

/**
 * The least value of a smooth function of few variables, without derivatives: Nelder and Mead's simplex with the coefficients
 * of Gao and Han (2012), begun again at each minimum found until it stays, since a simplex may collapse early. A value that is
 * no number counts as infinite.
 */
export function minimise(of: (at: readonly number[]) => number, start: readonly number[]): Minimum {
  let evaluations = 0;
  const vertex = (at: readonly number[]): Vertex => {
    evaluations++;
    const value = of(at);
    return { at, value: Number.isNaN(value) ? Infinity : value };
  };
  let best = vertex(start);
  for (let restart = 0; restart < mostRestarts; restart++) {
    const before = best;
    best = search(vertex, best, restart % 2 === 0 ? 0.5 : -0.1);
    const gained = before.value - best.value;
    if (restart > 0 && gained <= tolerance * (1 + Math.abs(best.value)))
      return { ...best, converged: Number.isFinite(best.value), evaluations };
  }
  return { ...best, converged: false, evaluations };
}

function search(vertex: (at: readonly number[]) => Vertex, start: Vertex, size: number): Vertex {
  const n = start.at.length;
  const [expand, contract, shrink] = [1 + 2 / n, 0.75 - 1 / (2 * n), 1 - 1 / n];
  const simplex = [
    start,
    ...start.at.map((_, i) => vertex(start.at.map((x, j) => (i === j ? x + size : x)))),
  ];
  for (let spent = 0; spent < mostEvaluations; spent += 2) {
    simplex.sort((a, b) => a.value - b.value);
    const [best, worst] = [simplex[0]!, simplex[n]!];
    if (isTight(best, simplex)) break;
    const centre = best.at.map((_, i) => simplex.slice(0, n).reduce((sum, { at }) => sum + at[i]!, 0) / n);
    const along = (by: number) => vertex(centre.map((x, i) => x + by * (x - worst.at[i]!)));
    const reflected = along(1);
    if (reflected.value < best.value) {
      const further = along(expand);
      simplex[n] = further.value < reflected.value ? further : reflected;
    } else if (reflected.value < simplex[n - 1]!.value) simplex[n] = reflected;
    else {
      const nearer = along(reflected.value < worst.value ? contract : -contract);
      if (nearer.value < Math.min(reflected.value, worst.value)) simplex[n] = nearer;
      else
        for (let i = 1; i <= n; i++)
          simplex[i] = vertex(simplex[i]!.at.map((x, j) => best.at[j]! + shrink * (x - best.at[j]!)));
    }
  }
  return simplex.reduce((least, it) => (it.value < least.value ? it : least));
}

function isTight(best: Vertex, simplex: readonly Vertex[]): boolean {
  return simplex.every(
    ({ at, value }) =>
      value - best.value <= tolerance * (1 + Math.abs(best.value)) &&
      at.every((x, i) => Math.abs(x - best.at[i]!) <= 1e-5),
  );
}
