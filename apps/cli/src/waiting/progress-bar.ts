/** How far a bulk import is: a bar on a terminal, a line for each batch elsewhere, nothing when asked for quiet. */
import { Presets, SingleBar } from 'cli-progress';
import type { Screen } from '../output/screen.js';

const FORMAT = '{bar} {value} of {total} MACs, {eta_formatted} left';

export class ProgressBar {
  private readonly bar: SingleBar | undefined;

  constructor(
    private readonly screen: Screen,
    private readonly total: number,
  ) {
    const { stderr } = screen.terminal;
    if (screen.quiet || stderr.isTTY !== true) return;
    this.bar = new SingleBar({ stream: stderr, format: FORMAT, linewrap: true }, Presets.shades_classic);
    this.bar.start(total, 0);
  }

  show(done: number): void {
    if (this.bar === undefined) this.screen.note(`${done} of ${this.total} MACs`);
    else this.bar.update(done);
  }

  end(): void {
    this.bar?.stop();
  }
}
