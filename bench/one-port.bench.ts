/** How long a new port takes from its POST to its row on the switch, with few and with many MACs there already. */
import type { Cloud } from '../test/harness/cloud.js';
import { type Figure, figure, percentile } from './support/figures.js';
import { macOf, networkWithPorts, portBody, registerHosts, startWorld, untilStatus } from './support/world.js';
import { joinSwitch } from './support/switch-side.js';

const SAMPLES = 200;
const PRESENT = [1000, 20_000];

export async function onePort(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const present of PRESENT) {
    const { cloud, stop } = await startWorld('bench one port', ['tor-1', 'tor-2']);
    try {
      figures.push(...(await measure(cloud, present)));
    } finally {
      await stop();
    }
  }
  return figures;
}

async function measure(cloud: Cloud, present: number): Promise<readonly Figure[]> {
  await registerHosts(cloud);
  const network = await networkWithPorts(cloud, present);
  const devices = ['tor-1', 'tor-2'].map((device_name) => ({ device_name, interfaces: [{ name: 'Ethernet1' }] }));
  const connection = await cloud.api.connect(await cloud.api.createGateway('gw', devices), network, 100);
  await untilStatus(cloud, connection, 'ACTIVE', 120_000);
  const [near, far] = await Promise.all([
    joinSwitch(cloud.tor('tor-1').unixEndpoint, '10.1.0.1'),
    joinSwitch(cloud.tor('tor-2').unixEndpoint, '10.1.0.2'),
  ]);
  try {
    const ports: number[] = [];
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      const index = 0x100_0000 + sample;
      const begun = performance.now();
      const seen = far.appears(macOf(index));
      await cloud.api.createPort(portBody(network, index));
      await seen;
      ports.push(performance.now() - begun);
    }
    const macs: number[] = [];
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      const mac = macOf(0x200_0000 + sample);
      const seen = far.appears(mac);
      const begun = performance.now();
      await near.learn(network, mac);
      await seen;
      macs.push(performance.now() - begun);
    }
    return [
      ...percentiles(`new port: POST → row on the switch, ${present} MACs present`, ports),
      ...percentiles(`bare-metal MAC: row on switch A → row on switch B, ${present} MACs present`, macs),
    ];
  } finally {
    await Promise.all([near.stop(), far.stop()]);
  }
}

function percentiles(what: string, samples: readonly number[]): readonly Figure[] {
  return [50, 99].map((percent) => ({
    ...figure(`${what}, p${percent}`, 'ms', samples),
    median: percentile(samples, percent),
  }));
}
