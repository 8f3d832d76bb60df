import type { EventType } from './catalogue.js';
import { validateData } from './validate.js';

const order = { orderId: 'o-1', total: 5, currency: 'EUR', products: [] };
const line = { productId: 'sku-1', price: 5, quantity: 1 };
const mail = { channel: 'email', purpose: 'marketing', granted: true };

describe('validation', () => {
  it.each<[EventType, unknown, string]>([
    ['order.completed.v1', undefined, 'data must be an object, found nothing'],
    ['order.completed.v1', 'text', 'data must be an object, found text'],
    ['order.completed.v1', {}, 'data must have orderId, total, currency, products'],
    ['order.completed.v1', { ...order, total: '5' }, 'data.total must be a number, found text'],
    ['order.completed.v1', { ...order, total: -5 }, 'data.total must be at least 0'],
    ['order.completed.v1', { ...order, currency: 'eur' }, 'data.currency must match ^[A-Z]{3}$'],
    ['order.completed.v1', { ...order, orderId: '' }, 'data.orderId must not be empty'],
    [
      'order.completed.v1',
      { ...order, orderId: 'o'.repeat(257) },
      'data.orderId must have at most 256 characters',
    ],
    ['order.completed.v1', { ...order, products: {} }, 'data.products must be a list, found an object'],
    [
      'order.completed.v1',
      { ...order, products: [line, { ...line, price: null }] },
      'data.products[1].price must be a number, found null',
    ],
    [
      'order.completed.v1',
      { ...order, total: -5, discount: -1 },
      'data.total must be at least 0 (and 1 more)',
    ],
    ['consent.changed.v1', { ...mail, granted: 1 }, 'data.granted must be true or false, found a number'],
    [
      'consent.changed.v1',
      { ...mail, channel: 'pigeon' },
      'data.channel must be one of email, sms, push, post, phone, in-person, in-app, social',
    ],
    ['survey.answered.v1', { survey: 'nps', score: 11 }, 'data.score must be at most 10'],
    ['survey.answered.v1', { survey: 'csat', score: 9 }, 'data must have a score of 1 to 5 for csat'],
    ['coupon.redeemed.v1', { orderId: 'o-1' }, 'data must have couponId or code'],
    [
      'redemption.requested.v1',
      { redemptionId: 'r', points: 1.5 },
      'data.points must be a whole number, found a number',
    ],
    ['profile.updated.v1', { email: 'ann' }, 'data.email must be an e-mail address or null'],
    [
      'profile.updated.v1',
      { timeZone: 'Mars/Olympus' },
      'data.timeZone must be an IANA time zone, such as Europe/Vienna or null',
    ],
    [
      'profile.updated.v1',
      { birthday: '2023-02-29' },
      'data.birthday must be a day as YYYY-MM-DD or --MM-DD or null',
    ],
    [
      'timer.due.v1',
      { name: 'overdue', due: 'soon' },
      'data.due must be a time with its zone, such as 2026-03-09T08:00:00Z',
    ],
    [
      'timer.due.v1',
      { name: 'overdue', due: '2026-03-09T08:00:00Z', who: 'x' },
      'data.who is not known here',
    ],
  ])('%s: names the field and what is allowed there', (type, data, message) => {
    expect(validateData(type, data)).toBe(message);
  });

  it.each<[string, EventType, unknown]>([
    ['a visit without a purchase', 'order.completed.v1', { ...order, total: 0 }],
    ['goods by weight', 'order.completed.v1', { ...order, products: [{ ...line, quantity: 0.35 }] }],
    ['fields of an upstream that knows more', 'order.completed.v1', { ...order, till: 4 }],
    ['a leap day without its year', 'profile.updated.v1', { birthday: '--02-29' }],
    ['a value to forget', 'profile.updated.v1', { timeZone: null }],
    ['a profile without news', 'profile.updated.v1', {}],
    ['the worst csat', 'survey.answered.v1', { survey: 'csat', score: 1 }],
    ['a code without a coupon id', 'coupon.redeemed.v1', { code: 'WELCOME' }],
  ])('accepts %s', (_, type, data) => {
    expect(validateData(type, data)).toBeUndefined();
  });
});
