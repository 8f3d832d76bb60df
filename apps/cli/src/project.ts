import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, found upwards from this file, whether it runs as source or as built. */
export const projectRoot: string = (() => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package-lock.json')) && dirname(folder) !== folder)
    folder = dirname(folder);
  return folder;
})();

/** The households that the repository carries. */
export const sampleFolder = join(projectRoot, 'test/fixtures/complete-journey');

/** The case log that the repository carries. */
export const receiptFile = join(projectRoot, 'test/fixtures/receipt/receipt.csv.gz');

/** The purchases that the repository carries besides. */
export const cdnowFile = join(projectRoot, 'test/fixtures/cdnow/CDNOW_sample.txt');
