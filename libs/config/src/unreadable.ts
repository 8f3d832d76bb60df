import { accessSync, constants, statSync } from 'node:fs';
import type { ConfigProblem } from './config-error.js';
import { allowed, type Given } from './environment.js';

const paths = ['KAFKA_TLS_CA', 'KAFKA_TLS_CERT', 'KAFKA_TLS_KEY', 'MONGO_TLS_CA', 'DEFINITION'] as const;

/** Paths that name no readable file. */
export function unreadable(given: Given): ConfigProblem[] {
  return paths.flatMap((variable) => {
    const path = given[variable];
    if (path === undefined) return [];
    try {
      accessSync(path, constants.R_OK);
      if (statSync(path).isFile()) return [];
    } catch {
      // said below
    }
    return [
      {
        variable,
        message: `'${path}' cannot be read; expected ${allowed(variable)}`,
      },
    ];
  });
}
