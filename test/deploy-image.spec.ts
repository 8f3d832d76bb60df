import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const instructions = read('deploy/Dockerfile')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => ({ word: line.slice(0, line.indexOf(' ')), rest: line.slice(line.indexOf(' ') + 1) }));
const all = (word: string) => instructions.filter((i) => i.word === word).map((i) => i.rest);
const manifest = JSON.parse(read('package.json')) as {
  dependencies: Record<string, string>;
  scripts: Record<string, string>;
};

describe('deploy/Dockerfile', () => {
  const copied = all('COPY')
    .filter((rest) => !rest.startsWith('--from'))
    .flatMap((rest) => rest.split(' ').slice(0, -1));

  it('copies only what exists', () => {
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('copies only what the build is let to see', () => {
    const seen = read('deploy/Dockerfile.dockerignore')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
    const hidden = copied.filter((path) => !seen.some((s) => path === s || path.startsWith(`${s}/`)));
    expect(hidden).toEqual([]);
    expect(seen.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('copies everything that the build reads', () => {
    const { include } = JSON.parse(read('tsconfig.build.json')) as { include: string[] };
    for (const pattern of include) expect(copied).toContain(pattern.split('/')[0]);
    expect(copied).toEqual(
      expect.arrayContaining(['tsconfig.json', 'tsconfig.build.json', 'tools', 'package-lock.json']),
    );
  });

  it('stands on the very Node that the project brings', () => {
    const bases = all('FROM').map((rest) => rest.split(' ')[0]);
    expect(new Set(bases)).toEqual(new Set([`node:${manifest.dependencies['node']}-bookworm-slim`]));
  });

  it('calls npm scripts that exist', () => {
    const called = all('RUN').flatMap((rest) => [...rest.matchAll(/npm run (\S+)/g)].map((m) => m[1]!));
    expect(called).not.toEqual([]);
    for (const script of called) expect(manifest.scripts).toHaveProperty(script);
  });

  it('runs as another user than root, without a shell, and asks the engine for its health', () => {
    const last = instructions.findLastIndex((i) => i.word === 'USER');
    expect(instructions[last]!.rest).toBe('node');
    expect(instructions.slice(last).some((i) => i.word === 'RUN')).toBe(false);
    expect(JSON.parse(all('CMD')[0]!)).toEqual(['node', 'dist/apps/engine/src/main.js']);
    expect(existsSync(join(root, 'apps/engine/src/main.ts'))).toBe(true);
    const health = JSON.parse(/CMD (\[.*\])/.exec(all('HEALTHCHECK')[0]!)![1]!) as string[];
    expect(copied).toContain(health[1]);
  });
});
