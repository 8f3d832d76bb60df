import { actionKinds, audiences, channels } from '#contracts';
import { isMail, type ActionRequested } from './action.js';

const action = (changes: Partial<ActionRequested['data']>) =>
  ({ data: { channel: 'email', audience: 'customer', kind: 'message', ...changes } }) as ActionRequested;

it.each(actionKinds)('a %s for a customer by email is a mail', (kind) => {
  expect(isMail(action({ kind }))).toBe(true);
});

it('nothing by another channel, and nothing for staff, is a mail', () => {
  for (const kind of actionKinds) {
    for (const channel of channels.filter((one) => one !== 'email'))
      expect(isMail(action({ kind, channel }))).toBe(false);
    for (const audience of audiences.filter((one) => one !== 'customer'))
      expect(isMail(action({ kind, audience }))).toBe(false);
  }
});
