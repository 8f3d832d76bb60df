/**
 * A text that a spreadsheet would take for a formula, or that begins as a defused one does (OWASP, CSV injection). In CSV it has an
 * apostrophe before it, which whoever reads the file drops: what was meant is kept.
 */
export const defused = (text: string): string => (risky.test(text) ? `'${text}` : text);

const risky = /^[=+\-@\t\r']/;

/** The same of a column, in DuckDB's SQL. */
export const defusedSql = (column: string): string =>
  `CASE WHEN ${column}[1] IN ('=', '+', '-', '@', chr(9), chr(13), '''') THEN '''' || ${column} ELSE ${column} END`;

/** For people, in the data dictionary. */
export const defusedNote =
  "In CSV a text that begins with =, +, -, @, a tab, a carriage return or ' has a ' before it, so that no spreadsheet takes it for a formula: drop one leading '.";
