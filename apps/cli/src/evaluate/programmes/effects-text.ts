import type { Verdict } from '#analysis';
import { table } from '../../output.js';
import { digits, estimateText } from '../figure-text.js';
import { foreignNote } from '../../fit/order-currencies.js';
import type { Effects } from './programmes.command.js';
import type { ProgrammeEffect } from './trials.js';

/** The verdict in words. */
export const verdicts: Readonly<Record<Verdict, string>> = {
  retains: 'retains',
  loses: 'drives away',
  noEffectShown: 'no effect shown',
  cannotTellYet: 'cannot tell yet',
};

/** Such as "cannot tell yet: needs 1,234 treated and 137 held out". */
export function verdictText({ verdict, needed, treated, control }: ProgrammeEffect): string {
  if (control.customers === 0) return 'cannot tell: nobody is held out';
  if (treated.customers === 0) return 'cannot tell: all are held out';
  if (verdict !== 'cannotTellYet') return verdicts[verdict];
  const count = (value: number) => value.toLocaleString('en');
  return `cannot tell yet: needs ${count(needed.treated)} treated and ${count(needed.control)} held out`;
}

export function effectsText(effects: Effects): string {
  const { within, detect, currency = '', acquisitionCost, programmes } = effects;
  const points = `${Number((100 * detect).toFixed(1))} points`;
  return [
    `What customers did in the ${within} days after a programme's first action, and those held out of it; in brackets 95 % intervals.`,
    `A difference of ${points} in the repeat rate is to be seen four times in five.`,
    '',
    table(
      programmes.map((it) => ({
        programme: it.programme,
        treated: it.treated.customers,
        'held out': it.control.customers,
        'bought again': `${digits(it.treated.repeatRate)} : ${digits(it.control.repeatRate)}`,
        difference: estimateText(it.repeatRate),
        spend: `${digits(it.treated.spend, 2)} : ${digits(it.control.spend, 2)}`,
        'difference in spend': estimateText(it.spend, 2),
        verdict: verdictText(it),
        'cost per retained': it.costPerRetained ? estimateText(it.costPerRetained, 2) : '',
      })),
      [
        'programme',
        'treated',
        'held out',
        'bought again',
        'difference',
        'spend',
        'difference in spend',
        'verdict',
        'cost per retained',
      ],
    ),
    acquisitionCost === undefined
      ? 'The definition states no acquisitionCost to compare with.'
      : `Winning a new customer costs ${acquisitionCost} ${currency} (acquisitionCost).`,
    ...[foreignNote(effects.foreignOrders, currency) ?? []].flat(),
    '',
  ].join('\n');
}
