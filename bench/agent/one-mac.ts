/** How long one MAC takes from its event at the agent to the switch's acknowledgement, with few and with many rows there already. */
import { randomUUID } from 'node:crypto';
import { networkTable } from '@l2gw/contracts';
import { type AgentWorld, startAgentWorld, VTEPS } from '../support/agent-world.js';
import { type Figure, figure, percentile } from '../support/figures.js';
import { joinSwitch, type SwitchSide } from '../support/switch-side.js';
import { macOf } from '../support/world.js';

const SAMPLES = 200;
const PRESENT = [1000, 100_000];

export async function oneMac(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  const medians: number[] = [];
  for (const present of PRESENT) {
    const { inside, outside } = await withPresent(present);
    figures.push(...percentiles(`one MAC: event at the agent → acknowledged, ${present} present`, inside));
    figures.push(...percentiles(`one MAC: published → seen by another client, ${present} present`, outside));
    medians.push(percentile(inside, 50));
  }
  const [few = NaN, many = NaN] = medians;
  return [...figures, figure('one MAC: p50 with many / p50 with few', '×', [many / few])];
}

interface Latencies {
  /** The agent's own word, in milliseconds. */
  readonly inside: readonly number[];
  /** With the bus before and the switch's notification behind. */
  readonly outside: readonly number[];
}

async function withPresent(present: number): Promise<Latencies> {
  const world = await startAgentWorld();
  const network = randomUUID();
  try {
    world.place(network, present);
    world.bind(network, 5000);
    await world.startAgent('debug');
    await world.event('network-filled', { network });
    const onlooker = await joinSwitch(world.tor.unixEndpoint, '10.9.0.1');
    try {
      return await sample(world, network, onlooker);
    } finally {
      await onlooker.stop();
    }
  } finally {
    await world.stop();
  }
}

async function sample(world: AgentWorld, network: string, onlooker: SwitchSide): Promise<Latencies> {
  const outside: number[] = [];
  const macs = Array.from({ length: SAMPLES }, (_, index) => macOf(0x100_0000 + index));
  for (const [index, mac] of macs.entries()) {
    const row = { place: { vtep: VTEPS[index % VTEPS.length] }, ips: ['192.0.2.1'], kind: 'port' };
    const seen = onlooker.appears(mac);
    const begun = performance.now();
    world.tables.write(networkTable.table(network), [{ key: networkTable.macKey(mac), row }]);
    await seen;
    outside.push(performance.now() - begun);
  }
  await world.event('macs-written', { first: `${network}/${macs.at(-1)}` });
  const ours = new Set(macs.map((mac) => `${network}/${mac}`));
  const written = world.agent.events.filter(({ event, first }) => event === 'macs-written' && ours.has(String(first)));
  if (written.length < SAMPLES) throw new Error(`only ${written.length} of ${SAMPLES} were told of`);
  return { inside: written.map(({ waitedMs }) => Number(waitedMs)), outside };
}

function percentiles(what: string, samples: readonly number[]): readonly Figure[] {
  return [50, 99].map((percent) => ({
    ...figure(`${what}, p${percent}`, 'ms', samples),
    median: percentile(samples, percent),
  }));
}
