/** Turns samples into the figures that are quoted: median, spread, percentiles. */

export function median(samples: readonly number[]): number {
  return percentile(samples, 50);
}

/** Nearest rank. */
export function percentile(samples: readonly number[], percent: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? NaN;
}

export interface Figure {
  readonly what: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
  readonly rounds: number;
}

export function figure(what: string, unit: string, samples: readonly number[]): Figure {
  return {
    what,
    unit,
    median: median(samples),
    min: Math.min(...samples),
    max: Math.max(...samples),
    rounds: samples.length,
  };
}

export function printed(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}

/** A table for people, on standard output. */
export function printTable(figures: readonly Figure[]): void {
  const rows = figures.map((each) => [
    each.what,
    printed(each.median),
    `${printed(each.min)} … ${printed(each.max)}`,
    each.unit,
    String(each.rounds),
  ]);
  const table = [['figure', 'median', 'min … max', 'unit', 'rounds'], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  for (const row of table)
    process.stdout.write(`${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`);
}
