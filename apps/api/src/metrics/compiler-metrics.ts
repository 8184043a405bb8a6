import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Compiler, RoundDone } from '../compiling/compiler.js';

const SECONDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];

/** Counts what the compiler of this replica does while it is the active one. */
export class CompilerMetrics {
  private readonly seconds: Histogram;
  private readonly marks: Counter;
  private readonly deltas: Counter;

  constructor(registry: Registry, compiler: Compiler) {
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
    const conflicts: Gauge<'kind'> = new Gauge({
      name: 'l2gw_api_sync_conflicts',
      help: 'MACs and IPs on which clouds do not agree',
      labelNames: ['kind'],
      registers,
      collect: () => {
        conflicts.reset();
        for (const [kind, count] of compiler.openConflicts) conflicts.set({ kind }, count);
      },
    });
    compiler.onRound((round) => this.count(round));
  }

  private count({ marks, deltas, durationMs }: RoundDone): void {
    this.seconds.observe(durationMs / 1000);
    this.marks.inc(marks);
    this.deltas.inc(deltas);
  }
}
