export interface NaiveSettings {
  readonly brokers: string;
  readonly group: string;
  readonly inputs: readonly string[];
  readonly transitions: string;
  readonly actions: string;
  readonly mongo: string;
}

export const settings = JSON.parse(process.argv[2] ?? '{}') as NaiveSettings;
