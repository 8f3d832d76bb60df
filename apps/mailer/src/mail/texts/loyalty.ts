import type { Texts } from './text.js';
import { dayOf, discount, label, listOf, pointsOf } from './words.js';

const toSpend =
  'To exchange them for a credit or a reward, answer this mail and tell us what you would like.';

const benefitsOf = (benefits: unknown) => label(listOf(benefits), 'What it brings you: ', '.');

export const loyalty: Texts = {
  'loyalty.tier-reached': ({ tier, benefits }) => ({
    subject: `Welcome to ${label(tier) || 'the next level'}`,
    paragraphs: [
      `thank you for your loyalty: from today on you are one of our ${label(tier, '', ' customers') || 'best customers'}.`,
      benefitsOf(benefits),
    ],
  }),
  'loyalty.tier-ending': ({ tier, next, until, missing }) => ({
    subject: `You can still keep ${label(tier, '', ' status') || 'your status'}`,
    paragraphs: [
      `your points of the last year no longer reach ${label(tier) || 'the status that you have'}. You keep it all the same${dayOf(until, ' until ', '')}.`,
      typeof missing === 'number'
        ? `With ${pointsOf(missing, '')} more by then it stays yours${label(next, '; else it is ', ' from then on')}.`
        : '',
    ],
  }),
  'loyalty.tier-lost': ({ tier, from, benefits }) => ({
    subject: 'A change of your status with us',
    paragraphs: [
      `your time as one of our ${label(from, '', ' customers') || 'customers with a status'} has ended, since your points of the last year no longer reach it. You are ${label(tier) || 'with us'} now, and your points stay yours.`,
      benefitsOf(benefits),
      'You can get it back at any time. We would be glad.',
    ],
  }),
  'loyalty.milestone': ({ points }) => ({
    subject: `You have ${pointsOf(points, 'more points')} now`,
    paragraphs: [
      `you have ${pointsOf(points, 'enough points')} to spend. Thank you for your loyalty.`,
      toSpend,
    ],
  }),
  'loyalty.points-expiring': ({ points, from }) => ({
    subject: 'Some of your points expire soon',
    paragraphs: [
      `${pointsOf(points, 'some points')} of yours will expire${dayOf(from, ', the first of them on ', '')}. It would be a pity.`,
      toSpend,
    ],
  }),
  'loyalty.reward': ({ rewardId, quantity, code }) => ({
    subject: 'Your card is full',
    paragraphs: [
      `your card is full, and there is a reward for you${label(rewardId, ': ')}${typeof quantity === 'number' && quantity > 1 ? ` (${quantity} of them)` : ''}.`,
      label(code, 'Your code is ', '. Show it at your next visit.') || 'Show this mail at your next visit.',
    ],
  }),
  'loyalty.frequent-buyer': (variables) => ({
    subject: 'For coming so often',
    paragraphs: [`you come to us often, and we are grateful for it. So here is ${discount(variables)}`],
  }),
  'loyalty.members-offer': (variables) => ({
    subject: `Only for ${label(variables['membersOnly'], 'our ', ' customers') || 'members'}`,
    paragraphs: [
      `this is for ${label(variables['membersOnly'], 'our ', ' customers') || 'members'} only: ${discount(variables)}`,
    ],
  }),
};
