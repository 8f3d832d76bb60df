/**
 * `node tools/programmes-doc.mjs`, after a build: writes into docs/programmes.md the settings' tables, from the programmes' schemas, between
 * `<!-- settings NAME -->` and `<!-- end -->`, and the reports, as printed, between `<!-- report ARGUMENTS -->` and `<!-- end -->`.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const page = fileURLToPath(new URL('../docs/programmes.md', import.meta.url));

const block = (kind) => new RegExp(`(<!-- ${kind} (.+) -->\\n)[\\s\\S]*?(<!-- end -->)`, 'g');

/** The page with every table as the settings now are. */
export function withTables(text, settings) {
  return text.replace(block('settings'), (_, begin, name, end) => {
    const rows = settings.get(name);
    if (!rows) throw new Error(`docs/programmes.md: there is no programme ${name}`);
    return `${begin}${table(rows)}${end}`;
  });
}

/** Arguments of the reports that the page shows. */
export const reportsIn = (text) => [...text.matchAll(block('report'))].map(([, , args]) => args);

/** The page with every report as it is now printed; `printed` by its arguments. */
export function withReports(text, printed) {
  return text.replace(
    block('report'),
    (_, begin, args, end) =>
      `${begin}\`npx perennial report ${args}\`\n\`\`\`\n${printed.get(args).trimEnd()}\n\`\`\`\n${end}`,
  );
}

function table(rows) {
  const lines = rows.map((row) => {
    const value = row.default === '' ? '' : `\`${row.default}\``;
    return `| ${[`\`${row.path}\``, value, row.allowed, row.description].map(cell).join(' | ')} |\n`;
  });
  return `| setting | default | allowed | what |\n|---|---|---|---|\n${lines.join('')}`;
}

const cell = (text) => text.replaceAll('|', '\\|');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { settingRows } = await import('../dist/libs/lifecycle/src/index.js');
  const cli = fileURLToPath(new URL('../dist/apps/cli/src/main.js', import.meta.url));
  const report = (args) =>
    execFileSync(process.execPath, [cli, 'report', ...args.split(' ')], { encoding: 'utf8' });
  const text = withTables(readFileSync(page, 'utf8'), settingRows());
  writeFileSync(page, withReports(text, new Map(reportsIn(text).map((args) => [args, report(args)]))));
}
