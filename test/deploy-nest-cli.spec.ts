import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration } from '@nestjs/cli/lib/configuration/configuration.js';

const root = join(import.meta.dirname, '..');
/** The compiler checks the file against the Nest CLI's own type. */
const written = JSON.parse(
  readFileSync(join(root, 'nest-cli.json'), 'utf8'),
) as typeof import('../nest-cli.json');
const { projects = {} }: Configuration = written;

describe('nest-cli.json', () => {
  it('knows every app and every lib', () => {
    const folders = ['apps', 'libs'].flatMap((group) =>
      readdirSync(join(root, group)).map((name) => `${group}/${name}`),
    );
    expect(
      Object.values(projects)
        .map((project) => project.root)
        .sort(),
    ).toEqual(folders.sort());
  });

  it.each(Object.entries(projects))('finds the files of %s', (_, project) => {
    expect(existsSync(join(root, project.sourceRoot!, `${project.entryFile}.ts`))).toBe(true);
    const config = readFileSync(join(root, project.compilerOptions!.tsConfigPath!), 'utf8');
    expect(config).toContain('"include"');
  });
});
