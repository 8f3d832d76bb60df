import { forkTypeScript, messageOf } from '#testing';

// Twice a name was imported from kafkajs that Jest gives and Node does not, and no engine started.
it('loads in Node itself', async () => {
  const child = forkTypeScript(new URL('./loading.child.ts', import.meta.url));
  await expect(messageOf(child)).resolves.toBe('loaded');
}, 120_000);
