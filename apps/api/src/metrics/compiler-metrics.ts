import { Counter, Histogram, type Registry } from 'prom-client';
import type { RoundDone } from '../compiling/compiler.js';

const SECONDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];

/** Counts what the compiler of this replica does while it is the active one. */
export class CompilerMetrics {
  private readonly seconds: Histogram;
  private readonly marks: Counter;
  private readonly deltas: Counter;

  constructor(registry: Registry) {
    const registers = [registry];
    this.seconds = new Histogram({
      name: 'l2gw_api_compiler_round_seconds',
      help: 'Rounds of the compiler that found marks',
      buckets: SECONDS,
      registers,
    });
    this.marks = new Counter({ name: 'l2gw_api_compiler_marks_total', help: 'Marks that were compiled', registers });
    this.deltas = new Counter({
      name: 'l2gw_api_published_deltas_total',
      help: 'Changes of tables published',
      registers,
    });
  }

  count({ marks, deltas, durationMs }: RoundDone): void {
    this.seconds.observe(durationMs / 1000);
    this.marks.inc(marks);
    this.deltas.inc(deltas);
  }
}
