/** How long 4,000 VLANs of one port take, from the agent's start: those of one network, and one each of 4,000 networks. */
import { randomUUID } from 'node:crypto';
import { startAgentWorld, timeOf } from '../support/agent-world.js';
import type { Figure } from '../support/figures.js';
import { Samples } from '../support/samples.js';

const ROUNDS = 3;
const VLANS = Array.from({ length: 4000 }, (_, index) => index + 1);

export async function manyVlans(): Promise<readonly Figure[]> {
  const samples = new Samples();
  for (let round = 0; round < ROUNDS; round += 1) {
    samples.add(`${VLANS.length} VLANs on one port, one network`, 'ms', await ofOneNetwork());
    samples.add(`${VLANS.length} VLANs on one port, a network each`, 'ms', await ofManyNetworks(VLANS.length));
    samples.add(`${VLANS.length / 4} VLANs on one port, a network each`, 'ms', await ofManyNetworks(VLANS.length / 4));
  }
  return samples.figures;
}

function ofOneNetwork(): Promise<number> {
  return untilConverged([{ vni: 5000, vlans: VLANS }]);
}

function ofManyNetworks(count: number): Promise<number> {
  return untilConverged(VLANS.slice(0, count).map((vlan) => ({ vni: 5000 + vlan, vlans: [vlan] })));
}

async function untilConverged(
  wanted: readonly { readonly vni: number; readonly vlans: readonly number[] }[],
): Promise<number> {
  const world = await startAgentWorld();
  try {
    for (const { vni, vlans } of wanted) {
      const network = randomUUID();
      world.place(network, 1, vni);
      world.bind(network, vni, vlans);
    }
    await world.startAgent();
    const begun = Date.now();
    return timeOf(await world.event('converged')) - begun;
  } finally {
    await world.stop();
  }
}
