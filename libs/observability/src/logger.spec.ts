import { createLogger } from './index.js';

function output(isTTY: boolean) {
  const lines: string[] = [];
  return { lines, isTTY, write: (line: string) => lines.push(line) };
}

describe('the logger', () => {
  it('writes one JSON object a line, with the level as a word, an ISO time and the error whole', () => {
    const out = output(false);
    createLogger('info', out).error({ err: new Error('no route'), partition: 3 }, 'broker lost');
    const line = JSON.parse(out.lines.join('')) as Record<string, unknown>;
    expect(line).toMatchObject({ level: 'error', msg: 'broker lost', partition: 3 });
    expect(line['err']).toMatchObject({ type: 'Error', message: 'no route' });
    expect(line['time']).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  it('writes text on a terminal', () => {
    const out = output(true);
    createLogger('info', out).info({ partition: 3 }, 'started');
    expect(out.lines.join('')).toContain('started');
    expect(() => JSON.parse(out.lines.join('')) as unknown).toThrow();
  });

  it('keeps quiet below its level, and altogether at silent', () => {
    const out = output(false);
    createLogger('warn', out).info('hidden');
    createLogger('silent', out).fatal('hidden');
    expect(out.lines).toEqual([]);
  });
});
