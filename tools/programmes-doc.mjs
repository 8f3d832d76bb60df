/**
 * `node tools/programmes-doc.mjs`, after a build: writes the settings' tables of docs/programmes.md from the programmes' schemas.
 * Each stands between `<!-- settings NAME -->` and `<!-- end -->`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const page = fileURLToPath(new URL('../docs/programmes.md', import.meta.url));

/** The page with every table as the settings now are. */
export function withTables(text, settings) {
  return text.replace(/(<!-- settings (\S+) -->\n)[\s\S]*?(<!-- end -->)/g, (_, begin, name, end) => {
    const rows = settings.get(name);
    if (!rows) throw new Error(`docs/programmes.md: there is no programme ${name}`);
    return `${begin}${table(rows)}${end}`;
  });
}

function table(rows) {
  const lines = rows.map((row) => {
    const value = row.default === '' ? '' : `\`${row.default}\``;
    return [`\`${row.path}\``, value, row.allowed, row.description].map(cell).join(' | ');
  });
  return `| setting | default | allowed | what |\n|---|---|---|---|\n${lines.map((line) => `| ${line} |\n`).join('')}`;
}

const cell = (text) => text.replaceAll('|', '\\|');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { settingRows } = await import('../dist/libs/lifecycle/src/index.js');
  writeFileSync(page, withTables(readFileSync(page, 'utf8'), settingRows()));
}
