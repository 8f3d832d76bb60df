import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedLog } from '#log-embedded';
import { eventLogContract } from '#testing';

const path = mkdtempSync(join(tmpdir(), 'perennial-log-'));

eventLogContract('the embedded log', { open: () => openEmbeddedLog({ path }), patience: 5_000 });
