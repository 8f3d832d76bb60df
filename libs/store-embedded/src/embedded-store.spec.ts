import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedStore } from '#store-embedded';
import { customerStoreContract } from '#testing';

customerStoreContract('the embedded store', async () => {
  const path = mkdtempSync(join(tmpdir(), 'perennial-store-'));
  return () => openEmbeddedStore({ path });
});
