/** Copies what the compiler leaves behind (YAML definitions, templates) into dist. */
import { cpSync, globSync } from 'node:fs';

for (const file of globSync('{apps,libs}/**/*.{yaml,html,json}', {
  exclude: (f) => /node_modules|bin$/.test(f),
})) {
  cpSync(file, `dist/${file}`);
}
