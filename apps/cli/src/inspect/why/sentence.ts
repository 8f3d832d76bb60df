import { eventTypes, isEventType } from '#contracts';
import type { RecordedOutput } from './recorded-outputs.js';
import type { StoryEntry } from './story.js';

/** One published output in one sentence. */
export function sentenceOf(kind: StoryEntry['kind'], type: string, data: RecordedOutput['data']): string {
  const said = (name: string) => String(data[name]);
  switch (kind) {
    case 'transition':
      return `${type.slice(0, type.indexOf('.'))}: ${said('from')} → ${said('to')}`;
    case 'migration':
      return migration(data);
    case 'requested':
      return `${said('programme')}: ${said('kind')} '${said('template')}' by ${said('channel')} to the ${said('audience')}`;
    case 'suppressed':
      return `${said('programme')}: ${said('kind')} '${said('template')}' by ${said('channel')} not let through (${said('reason')})`;
    case 'ledger':
      return ledgerEntry(type, data);
    default:
      return kind satisfies never;
  }
}

function migration(data: RecordedOutput['data']): string {
  const [from, to, stageFrom, stageTo, healthFrom, healthTo] = [
    'from',
    'to',
    'stageFrom',
    'stageTo',
    'healthFrom',
    'healthTo',
  ].map((name) => String(data[name]));
  const stage = stageFrom === stageTo ? 'the same stage' : `stage: ${stageFrom} → ${stageTo}`;
  const health = healthFrom === healthTo ? '' : `, health: ${healthFrom} → ${healthTo}`;
  return `definition: ${from} → ${to}, ${stage}${health}`;
}

const evidence = new Set(['definition', 'rule', 'facts', 'causes']);

/** A coupon's code is as good as money: it is not shown. */
function ledgerEntry(type: string, data: RecordedOutput['data']): string {
  const details = Object.entries(data)
    .filter(([name]) => !evidence.has(name) && name !== 'code')
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return `${isEventType(type) ? eventTypes[type].title : type}: ${details.join(', ')}`;
}
