/** Collects the samples of a benchmark round by round, beside those of its yardstick. */
import { type Figure, figure } from './figures.js';

export class Samples {
  private readonly values = new Map<string, { readonly unit: string; readonly samples: number[] }>();

  add(what: string, unit: string, value: number): void {
    const known = this.values.get(what) ?? { unit, samples: [] };
    known.samples.push(value);
    this.values.set(what, known);
  }

  /** A round's value, that of the yardstick in the same round, and the ratio of the two. */
  addBeside(what: string, unit: string, value: number, yardstick: number): void {
    this.add(`${what}: PostgreSQL alone`, unit, yardstick);
    this.add(what, unit, value);
    this.add(`${what}: ratio within the round`, '×', value / yardstick);
  }

  get figures(): readonly Figure[] {
    return [...this.values].map(([what, { unit, samples }]) => figure(what, unit, samples));
  }
}
