import { logLikelihoodAt, type BuyingModel, type BuyingParameters, type History } from './buying.js';
import { minimise } from './minimise.js';
import { logLikelihoodOfSpending, type Spending, type SpendingParameters } from './spending.js';

/** Parameters of greatest likelihood, or why there are none. */
export type Fit<Parameters> =
  | {
      readonly ok: true;
      readonly parameters: Parameters;
      readonly logLikelihood: number;
      readonly customers: number;
    }
  | { readonly ok: false; readonly reason: 'empty' | 'noRepeats' | 'doesNotConverge' };

/** Parameters beyond these mean that the data leave them open: the likelihood goes on rising. */
const [least, most] = [1e-4, 1e5];

/** Maximum likelihood over all the histories; equal ones are counted once. Needs customers with a repeat. */
export function fitBuying(model: BuyingModel, histories: readonly History[]): Fit<BuyingParameters> {
  if (histories.length === 0) return { ok: false, reason: 'empty' };
  if (!histories.some(({ frequency }) => frequency > 0)) return { ok: false, reason: 'noRepeats' };
  const rows = counted(histories);
  const scale = histories.reduce((sum, { age }) => sum + age, 0) / histories.length || 1;
  return search(
    ([r, alpha, a, b]) => ({ model, r: r!, alpha: alpha! * scale, a: a!, b: b! }),
    (parameters) => {
      let sum = 0;
      for (const [frequency, equal] of rows) {
        const likelihood = logLikelihoodAt(parameters, frequency);
        for (const { recency, age, count } of equal.values()) sum += count * likelihood(recency, age);
      }
      return sum;
    },
    [1, 1, 1, 1],
    histories.length,
  );
}

type Counted = Omit<History, 'frequency'> & { count: number };

/** How many there are of each history, by frequency. */
function counted(histories: readonly History[]): ReadonlyMap<number, ReadonlyMap<string, Counted>> {
  const rows = new Map<number, Map<string, Counted>>();
  for (const { frequency, recency, age } of histories) {
    const equal = rows.get(frequency) ?? new Map<string, Counted>();
    rows.set(frequency, equal);
    const key = `${recency} ${age}`;
    const known = equal.get(key);
    if (known) known.count++;
    else equal.set(key, { recency, age, count: 1 });
  }
  return rows;
}

/** Of customers with purchases of a value; the others say nothing and are to be left out. */
export function fitSpending(spendings: readonly Spending[]): Fit<SpendingParameters> {
  if (spendings.length === 0) return { ok: false, reason: 'empty' };
  const scale = spendings.reduce((sum, { mean }) => sum + mean, 0) / spendings.length;
  return search(
    ([p, q, gamma]) => ({ p: p!, q: q!, gamma: gamma! * scale }),
    (parameters) => {
      let sum = 0;
      for (const spending of spendings) sum += logLikelihoodOfSpending(parameters, spending);
      return sum;
    },
    [1, 1, 1],
    spendings.length,
  );
}

/** Over the logarithms, so that parameters stay above 0. */
function search<Parameters>(
  parametersOf: (values: readonly number[]) => Parameters,
  likelihood: (parameters: Parameters) => number,
  start: readonly number[],
  customers: number,
): Fit<Parameters> {
  const at = (logs: readonly number[]) => parametersOf(logs.map(Math.exp));
  const found = minimise((logs) => -likelihood(at(logs)) / customers, start.map(Math.log));
  const open = found.at.some((log) => !(log > Math.log(least) && log < Math.log(most)));
  if (!found.converged || open) return { ok: false, reason: 'doesNotConverge' };
  return { ok: true, parameters: at(found.at), logLikelihood: -found.value * customers, customers };
}
