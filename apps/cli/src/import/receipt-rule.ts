/** What an activity of the case log becomes. `advice`: the first of a case escalates it, a later one is work. */
export type Meaning = 'opened' | 'letter' | 'advice' | 'work';

const meanings: readonly (readonly [start: string, meaning: Meaning])[] = [
  ['Confirmation of receipt', 'opened'],
  ['T05 ', 'letter'],
  ['T15 ', 'letter'],
  ['T20 ', 'letter'],
  ['T07-', 'advice'],
  ['T08 ', 'advice'],
  ['T09-', 'advice'],
  ['T16 ', 'advice'],
];

export const meaningOf = (activity: string): Meaning =>
  meanings.find(([start]) => activity.startsWith(start))?.[1] ?? 'work';

/** How the customer turned to the desk; `Intern`, the desk itself, has no channel. */
export const channels: Readonly<Record<string, string>> = {
  Internet: 'in-app',
  Desk: 'in-person',
  Post: 'post',
  'e-mail': 'email',
};

/** Cases fall on so many made-up customers. */
export const customers = 500;
/** Each bought once, for so much (EUR), so many days before the first case: goodwill is sized by it. */
export const order = { total: 40, daysBefore: 30 };
/** Work recorded so long after a case's end, ms, opens it again; what comes sooner belongs to the ending. */
export const endingMs = 3_600_000;

/** The rule in words, for `--help`. */
export const receiptRule = `
The log knows cases, not customers. The rule, the same at every run:
  customer              case number hashed onto ${customers} made-up ones, receipt-000 to receipt-${customers - 1}
  made up               one order of ${order.total} EUR per customer, ${order.daysBefore} days before the first case: goodwill is sized by it
  case.opened.v1        'Confirmation of receipt'; the deadline where it lies after it; no cause, since the log has none
  case.escalated.v1     the first of T07, T08, T09 (advice asked or received) or T16 (reasons to hold) in a case
  contact.made.v1       T05, T15, T20: a letter printed and sent (kind: note)
  task.completed.v1     every other activity; actionId is the log's own task number, so the case tells which task
  case.overdue.v1       the deadline, where the case was opened before and not ended by then
  case.resolved.v1      the case's end; its last activity where the end lies before the opening; none without an end
  case.reopened.v1      an activity over an hour after the end, before that activity; resolved again at the last one
Channels: Internet in-app, Desk in-person, Post post, e-mail email. Times are local in Europe/Amsterdam.`;
