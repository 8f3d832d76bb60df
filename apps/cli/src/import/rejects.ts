import { basename } from 'node:path';
import type { Terminal } from '../terminal.js';
import type { RowProblem } from './rows.js';

const maxShown = 20;

/** Says the first bad rows on stderr and counts them all. */
export class Rejects {
  count = 0;

  constructor(private readonly terminal: Terminal) {}

  readonly add = ({ file, line, problem }: RowProblem): void => {
    this.count += 1;
    if (this.count <= maxShown) this.terminal.say(`${basename(file)}:${line}: ${problem}`);
    else if (this.count === maxShown + 1) this.terminal.say('Further rejected rows are counted, not shown.');
  };
}
