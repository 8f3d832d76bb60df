import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import { Failure } from '../failure.js';

/** Makes the folder where it is missing, and sees to it that these files can be written there. @throws Failure */
export async function prepareFolder(folder: string, files: readonly string[]): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new Failure(`--to ${folder}: ${reasons[code] ?? 'cannot be written to'} (${code}).`);
  }
  const existing: string[] = [];
  for (const file of files) if (await exists(file)) existing.push(file);
  if (existing.length > 0)
    throw new Failure(
      `already there: ${existing.join(', ')}. Nothing was written; name another folder, or remove them.`,
    );
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'no permission to write there',
  EPERM: 'no permission to write there',
  EROFS: 'the file system is read-only',
  EEXIST: 'it is a file, not a folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  ENOENT: 'it cannot be made there',
};

const exists = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  );
