/** What the process's end says to a script. Printed in `--help`. */
export const exitCode = { ok: 0, failure: 1, usage: 2 } as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

export const exitCodeHelp = `
Exit codes: 0 done; 1 something failed, was rejected or differs; 2 the command line or a setting is wrong.
Settings come from the environment: KAFKA_BROKERS, MONGO_URL, SMTP_URL, PERENNIAL_DATA, TOPIC_PREFIX, GROUP_ID, PORT;
'perennial doctor' lists them all with the values in force.
`;
