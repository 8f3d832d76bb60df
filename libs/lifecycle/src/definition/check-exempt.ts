import { programmes } from '../programmes/index.js';
import { isEntry, shown, type Report } from './problems.js';

/** Programmes without a control group are named, and a name that is none would exempt nobody. */
export function checkExempt(contactPolicy: unknown, report: Report): void {
  const control = isEntry(contactPolicy) ? contactPolicy['control'] : undefined;
  const exempt = isEntry(control) ? control['exempt'] : undefined;
  const names: readonly unknown[] = programmes.map(({ name }) => name);
  if (!Array.isArray(exempt)) return;
  exempt.forEach((name: unknown, i) => {
    if (!names.includes(name))
      report(`contactPolicy.control.exempt[${i}]`, `unknown programme ${shown(name)}`, names.map(String));
  });
}
