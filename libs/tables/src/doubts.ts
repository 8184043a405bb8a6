import { backOff, type CancelTimer, type Clock, type Random } from './clock.js';

export interface DoubtsOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly ask: (table: string) => void;
}

interface Doubt {
  tries: number;
  cancel: CancelTimer;
}

/**
 * Asks again about tables of which the writer has said that it does not know them, or not for us: soon at first, then ever more seldom.
 * It may be right only for a moment, for instance when a network leaves a switch and comes back.
 */
export class Doubts {
  private readonly doubts = new Map<string, Doubt>();

  constructor(private readonly options: DoubtsOptions) {}

  /** Answers whether nobody had doubted it before. */
  doubt(table: string): boolean {
    const { clock, random, ask } = this.options;
    const { tries, cancel } = this.doubts.get(table) ?? { tries: 0, cancel: () => {} };
    cancel();
    const ms = backOff(tries, FIRST_MS, MOST_MS, random);
    this.doubts.set(table, { tries: tries + 1, cancel: clock.setTimer(ms, () => ask(table)) });
    return tries === 0;
  }

  /** The writer has spoken about it, or nobody asks any more. */
  settle(table: string): void {
    this.doubts.get(table)?.cancel();
    this.doubts.delete(table);
  }

  stop(): void {
    for (const table of [...this.doubts.keys()]) this.settle(table);
  }
}

const FIRST_MS = 250;
const MOST_MS = 30_000;
