/** The process itself, with settings from its one argument: NAME=VALUE lines. */
const [lines = ''] = process.argv.slice(2);
for (const line of lines.trim().split('\n')) {
  const [name = '', value] = line.split('=', 2);
  process.env[name] = value;
}
await import('./main.js');
export {};
