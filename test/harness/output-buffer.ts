/** The last words of a child process, as much of them as an error message should show. */
import type { ChildProcess } from 'node:child_process';

const LIMIT = 64 * 1024;

export class OutputBuffer {
  text = '';

  collect(child: ChildProcess): void {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => this.append(chunk));
    }
  }

  append(chunk: string): void {
    this.text = (this.text + chunk).slice(-LIMIT);
  }
}
