import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundledDefinition } from '#lifecycle';
import { perennial, timed, type Timed } from './live-and-replay.js';

export interface FileMeasured extends Timed {
  readonly customers: number;
  readonly reportBytes: number;
}

/** One changed threshold over a CDNOW file, with the HTML report, in this process alone. */
export async function whatIfOfFile(file: string): Promise<FileMeasured> {
  const folder = await mkdtemp(join(tmpdir(), 'perennial-bench-what-if-'));
  try {
    const candidate = join(folder, 'candidate.yaml');
    const report = join(folder, 'report.html');
    await writeFile(candidate, changed(bundledDefinition()));
    let printed = '';
    const measured = await timed(0, async () => {
      printed = await perennial(
        ...[join(folder, 'none'), 'replay', '--file', file, '--format', 'cdnow'],
        ...['--definition', candidate, '--against', 'retail@1', '--report', report, '--output', 'json'],
      );
    });
    const { events, customers } = JSON.parse(printed) as { events: number; customers: number };
    return { ...measured, events, customers, reportBytes: (await stat(report)).size };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const changed = (source: string): string =>
  source.replace('version: 1', 'version: 2').replace(/(fact: recentRate, value: )0\.6 \}/, '$10.5 }');
