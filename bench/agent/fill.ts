/** How close the agent comes to raw sockets when it fills a switch: 20,000 MACs, from the moment when it knows all that is wanted. */
import { randomUUID } from 'node:crypto';
import { startAgentWorld, startSwitch, timeOf, VTEPS, type AgentWorld } from '../support/agent-world.js';
import type { Figure } from '../support/figures.js';
import { type BlastOptions, blast } from '../support/raw-blaster.js';
import { Samples } from '../support/samples.js';
import { macOf } from '../support/world.js';

const ROUNDS = 5;
const MACS = 20_000;
const FILL = `fill ${MACS} MACs`;

export async function fill(): Promise<readonly Figure[]> {
  const samples = new Samples();
  for (let round = 0; round < ROUNDS; round += 1) {
    const raw = await rawRound('none');
    const following = await rawRound('own');
    const { cold, warm } = await agentRound();
    samples.add(`${FILL}: raw sockets`, 'rows/s', MACS / raw);
    samples.add(`${FILL}: raw sockets that follow the table`, 'rows/s', MACS / following);
    for (const [name, seconds] of Object.entries({ 'agent, just started': cold, 'agent, running': warm })) {
      samples.add(`${FILL}: ${name}`, 'rows/s', MACS / seconds);
      samples.add(`${FILL}: ${name} / raw`, '×', raw / seconds);
      samples.add(`${FILL}: ${name} / raw that follow`, '×', following / seconds);
    }
  }
  return samples.figures;
}

async function rawRound(monitor: NonNullable<BlastOptions['monitor']>): Promise<number> {
  const tor = await startSwitch();
  try {
    return await blast({
      socketPath: tor.unixEndpoint.replace(/^unix:/, ''),
      logicalSwitch: randomUUID(),
      macs: Array.from({ length: MACS }, (_, n) => macOf(n)),
      vteps: VTEPS,
      rowsPerTransaction: 100,
      inFlight: 4,
      monitor,
    });
  } finally {
    await tor.stop();
  }
}

/** The first network meets an agent that has done nothing yet, the second one whose code is compiled. */
async function agentRound(): Promise<{ readonly cold: number; readonly warm: number }> {
  const world = await startAgentWorld();
  try {
    await world.startAgent();
    await world.event('switch-active');
    return { cold: await fillOne(world, 5001), warm: await fillOne(world, 5002) };
  } finally {
    await world.stop();
  }
}

async function fillOne(world: AgentWorld, vni: number): Promise<number> {
  const network = randomUUID();
  world.place(network, MACS);
  world.bind(network, vni);
  const filled = await world.event('network-filled', { network });
  const known = await world.event('tables-complete');
  return (timeOf(filled) - timeOf(known)) / 1000;
}
