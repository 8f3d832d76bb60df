import Type from 'typebox';
import { actionId, channel, id, oneOf, text } from './fields.js';

const message = {
  actionId: Type.Optional(actionId()),
  messageId: Type.Optional(id('The message in the sender’s own numbering.')),
  channel: channel(),
  reason: Type.Optional(text('As the carrier gives it.')),
};
const sent = { actionId: '6f0c2a', messageId: 'm-5511', channel: 'email' };

/** What became of messages, on `engagement.events.v1`. */
export const messageEvents = {
  'message.delivered.v1': Type.Object(message, {
    title: 'Message delivered',
    description: 'The carrier accepted the message.',
    examples: [sent],
  }),
  'message.failed.v1': Type.Object(message, {
    title: 'Message failed',
    description: 'The message was never sent: its contact slot is given back.',
    examples: [{ ...sent, reason: 'no address known' }],
  }),
  'message.clicked.v1': Type.Object(
    { ...message, link: Type.Optional(text('Where the click led.')) },
    {
      title: 'Message clicked',
      description: 'The customer followed a link in a message.',
      examples: [{ ...sent, link: 'https://shop.invalid/spring' }],
    },
  ),
  'message.bounced.v1': Type.Object(
    {
      ...message,
      bounce: Type.Optional(oneOf(['hard', 'soft'], '`hard` where absent: the address is no good.')),
    },
    {
      title: 'Message bounced',
      description: 'The message came back.',
      examples: [{ ...sent, bounce: 'hard', reason: '550 no such user' }],
    },
  ),
  'message.unsubscribed.v1': Type.Object(
    {
      ...message,
      purpose: Type.Optional(
        oneOf(['marketing', 'survey', 'service'], 'What for; all of them where absent.'),
      ),
    },
    {
      title: 'Message unsubscribed',
      description: 'The customer objected to further messages by this channel.',
      examples: [{ ...sent, purpose: 'marketing' }],
    },
  ),
  'message.complained.v1': Type.Object(message, {
    title: 'Message complained of',
    description: 'The customer reported a message as spam.',
    examples: [sent],
  }),
};
