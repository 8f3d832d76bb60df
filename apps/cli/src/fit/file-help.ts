export const fileHelp = `
A file is comma-separated with a heading line, packed with gzip where its name ends in .gz; it needs the columns
'customer', 'date' (YYYY-MM-DD, YYYYMMDD, or an RFC 3339 time with its zone) and 'value' (a number from 0), one
purchase a row. Purchases of one customer on one day count once. A bad row is refused, not left out.`;
