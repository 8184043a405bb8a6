/** `npm run bench [-- NAME …] [--json]`: runs the benchmarks whose names are given, or all, and prints their figures. */
import { cpus } from 'node:os';
import { agent } from './agent.bench.js';
import { api } from './api.bench.js';
import { connectNetwork } from './connect-network.bench.js';
import { createPorts } from './create-ports.bench.js';
import { fillSwitch } from './fill-switch.bench.js';
import { idle } from './idle.bench.js';
import { onePort } from './one-port.bench.js';
import { sync } from './sync.bench.js';
import { printTable } from './support/figures.js';

const BENCHMARKS = {
  fill: fillSwitch,
  connect: connectNetwork,
  port: onePort,
  create: createPorts,
  api,
  agent,
  idle,
  sync,
} as const;

void main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

async function main(argv: readonly string[]): Promise<void> {
  const wanted = argv.filter((each) => each !== '--json');
  const unknown = wanted.filter((each) => !(each in BENCHMARKS));
  if (unknown.length > 0)
    throw new Error(`no benchmark ${unknown.join(', ')}; there are ${Object.keys(BENCHMARKS).join(', ')}`);
  const results: Record<string, unknown> = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length };
  for (const [name, run] of Object.entries(BENCHMARKS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    if (!argv.includes('--json')) process.stdout.write(`\n${name}\n`);
    const figures = await run();
    results[name] = figures;
    if (!argv.includes('--json')) printTable(figures);
  }
  if (argv.includes('--json')) process.stdout.write(`${JSON.stringify(results, undefined, 2)}\n`);
}
