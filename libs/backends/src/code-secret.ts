import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '#config';

export type SecretSettings = Pick<Config, 'codeSecret' | 'mongo' | 'dataDir'>;

/**
 * The secret under which coupon codes are made: CODE_SECRET, else one that is made once and kept in the data folder,
 * readable by its owner alone. Undefined where several engines share a store: they must be given the same one.
 */
export async function codeSecret({
  codeSecret: given,
  mongo,
  dataDir,
}: SecretSettings): Promise<string | undefined> {
  if (given !== undefined) return given;
  return mongo ? undefined : kept(dataDir);
}

const isThere = (error: unknown) => (error as NodeJS.ErrnoException).code === 'EEXIST';

async function kept(folder: string): Promise<string> {
  const path = join(folder, 'code-secret');
  const known = await readFile(path, 'utf8').catch(() => undefined);
  if (known !== undefined) return known.trim();
  await mkdir(folder, { recursive: true });
  // Whole under its name or not there at all, whoever else makes one now.
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${randomBytes(32).toString('hex')}\n`);
    await file.sync();
    await link(draft, path).catch((error: unknown) => {
      if (!isThere(error)) throw error;
    });
  } finally {
    await file.close();
    await rm(draft);
  }
  return (await readFile(path, 'utf8')).trim();
}
