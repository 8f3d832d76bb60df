import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];

/** A new empty folder, removed when the spec file has run; outside of Jest, when the process ends. */
export function temporaryFolder(name = 'test'): string {
  const path = mkdtempSync(join(tmpdir(), `perennial-${name}-`));
  made.push(path);
  return path;
}

const removeAll = () => {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
};
if (typeof afterAll === 'function') afterAll(removeAll);
else process.once('exit', removeAll);
