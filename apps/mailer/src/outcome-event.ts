import { encodeEvent, structuredHeaders, topicName, type DataOf } from '#contracts';
import type { OutboundRecord } from '#pipeline';
import type { ActionRequested } from './action.js';
import { messageId } from './mail/compose-mail.js';
import { mailerSource, type MailerConfig } from './mailer-config.js';
import type { Final } from './outcome.js';

type Answer = 'message.delivered.v1' | 'message.bounced.v1' | 'message.failed.v1';

/** The event that tells upstream what became of an action. Its id is a pure function of action and answer. */
export function outcomeEvent(
  action: ActionRequested,
  outcome: Final,
  now: number,
  config: Pick<MailerConfig, 'topicPrefix' | 'mailFrom'>,
): OutboundRecord {
  const { actionId } = action.data;
  const answer = answerOf(outcome);
  const data: DataOf<Answer> = {
    actionId,
    messageId: messageId(actionId, config.mailFrom).slice(1, -1),
    channel: 'email',
    ...(outcome.kind === 'failed' && { reason: outcome.reason }),
  };
  return {
    topic: topicName(config.topicPrefix, 'engagement.events.v1'),
    key: action.subject,
    headers: structuredHeaders,
    value: encodeEvent({
      specversion: '1.0',
      id: `${actionId}:${answer}`,
      source: mailerSource,
      type: answer,
      subject: action.subject,
      time: new Date(outcome.kind === 'sent' ? outcome.at : now).toISOString(),
      data,
    }),
  };
}

function answerOf(outcome: Final): Answer {
  if (outcome.kind === 'sent') return 'message.delivered.v1';
  return outcome.bounced ? 'message.bounced.v1' : 'message.failed.v1';
}
