import type { ConfigProblem } from './config-error.js';
import type { Given, VariableName } from './environment.js';

/** Variables that are well-formed each and make no sense together. */
export function contradictions(given: Given): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const refuse = (variable: VariableName, message: string) => problems.push({ variable, message });
  const needs = (variable: VariableName, ...others: VariableName[]) => {
    const missing = others.filter((other) => given[other] === undefined);
    if (given[variable] !== undefined && missing.length > 0)
      refuse(variable, `has no meaning without ${missing.join(' and ')}; set both or neither`);
  };
  if (given.MONGO_URL !== undefined && given.KAFKA_BROKERS === undefined)
    refuse(
      'MONGO_URL',
      'needs KAFKA_BROKERS: the embedded log commits records and customers in one transaction of its own ' +
        'folder, which a MongoDB store would break; set KAFKA_BROKERS, or unset MONGO_URL',
    );
  for (const variable of ['KAFKA_TLS', 'KAFKA_TLS_CA', 'KAFKA_TLS_CERT'] as const)
    needs(variable, 'KAFKA_BROKERS');
  needs('KAFKA_TLS_CERT', 'KAFKA_TLS_KEY');
  needs('KAFKA_TLS_KEY', 'KAFKA_TLS_CERT');
  if (given.KAFKA_BROKERS === undefined && Number(given.ENGINE_THREADS) > 1)
    refuse(
      'ENGINE_THREADS',
      'above 1 needs KAFKA_BROKERS: the embedded log is worked off by one thread; set 1, or unset it',
    );
  needs('KAFKA_SASL_MECHANISM', 'KAFKA_BROKERS', 'KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD');
  needs('KAFKA_SASL_USERNAME', 'KAFKA_SASL_MECHANISM');
  needs('KAFKA_SASL_PASSWORD', 'KAFKA_SASL_MECHANISM');
  needs('MONGO_TLS_CA', 'MONGO_URL');
  if (given.KAFKA_TLS === 'false' && (given.KAFKA_TLS_CA !== undefined || given.KAFKA_TLS_CERT !== undefined))
    refuse('KAFKA_TLS', "is 'false' while a TLS file is set; set it to true, or unset the files");
  return problems;
}
