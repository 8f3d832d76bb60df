import { topicName } from '#contracts';
import type { EventLog } from '#pipeline';
import { valuesIn, type Value } from '../report/log-values.js';
import type { Row } from './table-spec.js';

const at = (time: unknown) => (typeof time === 'string' ? Date.parse(time) : undefined);

const evidenceOf = ({ definition, rule, facts, causes }: Value['data']) => ({
  ...{ definition, rule, causes },
  evidence: JSON.stringify(facts),
});

/** The published transitions, as rows. @throws LogError `unknownTopic` */
export async function* transitionRows(log: EventLog, prefix: string): AsyncGenerator<Row> {
  for await (const { id, type, subject, time, data } of valuesIn(
    log,
    topicName(prefix, 'lifecycle.transitions.v1'),
  )) {
    const change = (region: string, before: unknown, after: unknown) => ({
      ...{ transitionId: id, customer: subject, happenedAt: at(time), region, before, after },
      ...evidenceOf(data),
    });
    yield change(type.slice(0, type.indexOf('.')), data['from'], data['to']);
    if (type !== 'definition.changed.v1') continue;
    if (data['stageFrom'] !== data['stageTo']) yield change('stage', data['stageFrom'], data['stageTo']);
    if (data['healthFrom'] !== data['healthTo']) yield change('health', data['healthFrom'], data['healthTo']);
  }
}

/** The published actions, requested and suppressed, as rows. @throws LogError `unknownTopic` */
export async function* actionRows(log: EventLog, prefix: string): AsyncGenerator<Row> {
  for await (const { type, subject, time, data } of valuesIn(log, topicName(prefix, 'retention.actions.v1')))
    yield {
      ...data,
      ...evidenceOf(data),
      customer: subject,
      decidedAt: at(time),
      outcome: type === 'action.suppressed.v1' ? 'suppressed' : 'requested',
      possibleAt: at(data['possibleAt']),
      notBefore: at(data['notBefore']),
      expiresAt: at(data['expiresAt']),
    };
}
