/** How close the agent comes to the limit when it fills a switch: 20,000 MACs, beside raw sockets with prepared requests. */
import { randomUUID } from 'node:crypto';
import { networkTable } from '@l2gw/contracts';
import { startTor } from '../test/harness/emulated-tor.js';
import { startProgram } from '../test/harness/program.js';
import { type Figure, figure } from './support/figures.js';
import { blast } from './support/raw-blaster.js';
import { macOf } from './support/world.js';
import { startTableWorld, type TableWorld } from './support/table-world.js';

const ROUNDS = 5;
const MACS = 20_000;
const VTEPS = Array.from({ length: 20 }, (_, n) => `10.0.0.${n + 1}`);

export async function fillSwitch(): Promise<readonly Figure[]> {
  const samples = { raw: [] as number[], agent: [] as number[], ratio: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const raw = await rawRound();
    const agent = await agentRound();
    samples.raw.push(MACS / raw);
    samples.agent.push(MACS / agent);
    samples.ratio.push(raw / agent);
  }
  return [
    figure(`raw Node sockets, prepared requests: ${MACS} MACs into an empty switch`, 'rows/s', samples.raw),
    figure('agent: table published → all rows acknowledged and confirmed', 'rows/s', samples.agent),
    figure('agent / raw, within the round', '×', samples.ratio),
  ];
}

async function rawRound(): Promise<number> {
  const tor = await startTor({ name: 'tor-1', tunnelIps: ['10.9.0.1'], ports: ['Ethernet1'] });
  try {
    return await blast({
      socketPath: tor.unixEndpoint.replace(/^unix:/, ''),
      logicalSwitch: randomUUID(),
      macs: Array.from({ length: MACS }, (_, n) => macOf(n)),
      vteps: VTEPS,
      rowsPerTransaction: 100,
      inFlight: 4,
    });
  } finally {
    await tor.stop();
  }
}

async function agentRound(): Promise<number> {
  const [tor, world] = await Promise.all([
    startTor({ name: 'tor-1', tunnelIps: ['10.9.0.1'], ports: ['Ethernet1'] }),
    startTableWorld(),
  ]);
  const network = randomUUID();
  world.bind('tor-1', randomUUID(), undefined);
  const agent = await startProgram('gateway-agent', {
    L2GW_SWITCH_NAME: 'tor-1',
    L2GW_OVSDB_ENDPOINT: tor.unixEndpoint,
    L2GW_NATS_URL: world.nats.url,
  });
  try {
    return await fill(world, network);
  } finally {
    await agent.stop();
    await Promise.all([tor.stop(), world.stop()]);
  }
}

async function fill(world: TableWorld, network: string): Promise<number> {
  const macs = Array.from({ length: MACS }, (_, n) => ({
    key: networkTable.macKey(macOf(n)),
    row: { place: { vtep: VTEPS[n % VTEPS.length] }, ips: ['192.0.2.1'], kind: 'port' },
  }));
  const vteps = VTEPS.map((vtep) => ({ key: networkTable.vtepKey(vtep), row: { kind: 'host' } }));
  world.write(networkTable.table(network), [...vteps, ...macs]);
  const confirmed = world.confirmed('tor-1', network);
  const begun = performance.now();
  world.bind('tor-1', network, {
    vni: 5000,
    name: 'n',
    replication: 'source_node',
    bindings: [{ port: 'Ethernet1', vlan: 100 }],
  });
  await confirmed;
  return (performance.now() - begun) / 1000;
}
