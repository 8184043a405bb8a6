/** What 100,000 MACs in ten networks cost: to fill, to hold, to find again after a restart, and to remove one network of. */
import { randomUUID } from 'node:crypto';
import { type AgentWorld, startAgentWorld, timeOf } from '../support/agent-world.js';
import type { Figure } from '../support/figures.js';
import { memoryOf, settledMemoryOf } from '../support/memory.js';
import { dumpAndParse } from '../support/raw-dump.js';
import { Samples } from '../support/samples.js';

const RESTARTS = 5;
const NETWORKS = 10;
const MACS = 10_000;
const ALL = `${NETWORKS * MACS} MACs`;

export async function manyRows(): Promise<readonly Figure[]> {
  const samples = new Samples();
  const world = await startAgentWorld();
  try {
    const networks = await fill(world, samples);
    for (let round = 0; round < RESTARTS; round += 1) await restart(world, samples);
    const restarted = await settledMemoryOf(world.agent.pid);
    samples.add(`memory after a restart with ${ALL}: settled`, 'MB', restarted.now);
    samples.add(`memory after a restart with ${ALL}: peak`, 'MB', restarted.peak);
    for (const network of networks.slice(0, 5)) await remove(world, network, samples);
  } finally {
    await world.stop();
  }
  return samples.figures;
}

async function fill(world: AgentWorld, samples: Samples): Promise<readonly string[]> {
  const networks = Array.from({ length: NETWORKS }, () => randomUUID());
  for (const [index, network] of networks.entries()) {
    world.place(network, MACS, index * MACS);
    world.bind(network, 5001 + index);
  }
  await world.startAgent();
  const converged = await world.event('converged');
  const known = await world.event('tables-complete');
  samples.add(`fill ${ALL}, agent just started`, 's', (timeOf(converged) - timeOf(known)) / 1000);
  samples.add(`memory when ${ALL} were just written`, 'MB', memoryOf(world.agent.pid).now);
  const { now, peak } = await settledMemoryOf(world.agent.pid);
  samples.add(`memory with ${ALL}: settled`, 'MB', now);
  samples.add(`memory with ${ALL}: peak`, 'MB', peak);
  return networks;
}

/** Both begin with nothing but an address; the agent has to fetch what is wanted, too. */
async function restart(world: AgentWorld, samples: Samples): Promise<void> {
  await world.stopAgent();
  const dumped = await dumpAndParse(world.tor.unixEndpoint.replace(/^unix:/, ''));
  const journal = world.journalBytes;
  await world.startAgent();
  const converged = await world.event('converged');
  const begun = await world.event('started');
  const milliseconds = timeOf(converged) - timeOf(begun);
  samples.add(`restart with ${ALL}: dump and parse alone`, 'ms', dumped);
  samples.add(`restart with ${ALL}: agent started → all compared`, 'ms', milliseconds);
  samples.add(`restart with ${ALL}: ratio within the round`, '×', milliseconds / dumped);
  samples.add(`restart with ${ALL}: bytes that were written`, 'bytes', world.journalBytes - journal);
}

async function remove(world: AgentWorld, network: string, samples: Samples): Promise<void> {
  const begun = Date.now();
  world.unbind(network);
  const removed = await world.event('logical-switch-removed', { network });
  samples.add(`remove one network with ${MACS} MACs`, 'ms', timeOf(removed) - begun);
}
