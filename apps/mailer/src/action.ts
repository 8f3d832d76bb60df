import type { DataOf, InputEvent } from '#contracts';

export type ActionRequested = InputEvent<'action.requested.v1', DataOf<'action.requested.v1'>>;

/** Whether the action is a mail to a customer; all others are for other subscribers. */
export const isMail = ({ data: { channel, audience } }: ActionRequested): boolean =>
  channel === 'email' && audience === 'customer';

export const notBefore = ({ data }: ActionRequested): number => Date.parse(data.notBefore);
export const expiresAt = ({ data }: ActionRequested): number => Date.parse(data.expiresAt);
