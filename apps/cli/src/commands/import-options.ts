import { Option } from 'commander';

export const consentOption = () =>
  new Option(
    '--assume-consent',
    'give every customer a made-up .invalid address and opt-ins to e-mail',
  ).default(false);

export const shiftOption = () =>
  new Option(
    '--shift-to <when>',
    "move the data by whole weeks so that they end by then: 'now' or a date; a later import keeps the shift",
  );
