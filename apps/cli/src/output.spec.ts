import { printRows, table, type Format } from './output.js';
import { recordingTerminal } from './recording-terminal.given.js';

const rows = [
  { stage: 'awareness', customers: 3, by: { a: 1 } },
  { stage: 'expansion', customers: 120, by: null },
];
const columns = ['stage', 'customers', 'by'];

async function printed(format: Format): Promise<string> {
  const terminal = recordingTerminal();
  await printRows(terminal, format, rows, columns);
  return terminal.stdout();
}

describe('output formats', () => {
  it('a table aligns its columns, numbers to the right', () => {
    expect(table(rows, columns)).toBe(
      'stage      customers  by\n' + 'awareness          3  {"a":1}\n' + 'expansion        120\n',
    );
  });

  it('a table without rows still names its columns', () => {
    expect(table([], ['a', 'b'])).toBe('a  b\n');
  });

  it('json is one array', async () => {
    expect(JSON.parse(await printed('json'))).toEqual(rows);
  });

  it('ndjson is one row a line', async () => {
    expect(
      (await printed('ndjson'))
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(rows);
  });

  it('control characters of foreign data do not reach the terminal', () => {
    expect(table([{ a: 'x\u001B[2Jy\nz' }], ['a'])).toBe('a\nx�[2Jy�z\n');
  });
});
