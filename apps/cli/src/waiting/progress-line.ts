/** One line that changes: in place on a terminal, a line for each change elsewhere. */
import { visible } from '../output/cells.js';
import type { Terminal } from '../terminal.js';

const ERASE_LINE = '\r\u001b[K';
const DEFAULT_COLUMNS = 80;

export class ProgressLine {
  private last = '';

  constructor(private readonly stream: Terminal['stderr']) {}

  show(text: string): void {
    if (text === this.last) return;
    this.last = text;
    const line = visible(text);
    // Some terminals say 0 when they do not know.
    const columns = (this.stream.columns || DEFAULT_COLUMNS) - 1;
    this.stream.write(this.stream.isTTY === true ? ERASE_LINE + [...line].slice(0, columns).join('') : `${line}\n`);
  }

  end(): void {
    if (this.stream.isTTY === true && this.last !== '') this.stream.write('\n');
  }
}
