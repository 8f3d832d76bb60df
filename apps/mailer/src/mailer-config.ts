/** What the mailer needs of the settings; `loadConfig` yields all of it. */
export interface MailerConfig {
  readonly topicPrefix: string;
  /** The engine's group; the mailer's is `<groupId>.mailer`. */
  readonly groupId: string;
  /** Absent: mails are written to `<dataDir>/mails`. */
  readonly smtpUrl?: string | undefined;
  readonly dataDir: string;
  /** The `From` of every mail. */
  readonly mailFrom: string;
  /** https: or mailto:, offered in every mail. */
  readonly unsubscribeUrl: string;
}

/** Source of the events that the mailer publishes. */
export const mailerSource = '/perennial/mailer';
export const mailerGroup = ({ groupId }: Pick<MailerConfig, 'groupId'>): string => `${groupId}.mailer`;
