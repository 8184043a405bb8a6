/** How long it takes to connect a network of 10,000 ports: from the POST until the switch has confirmed every row. */
import { type Figure, figure } from './support/figures.js';
import { networkWithPorts, registerHosts, startWorld, untilStatus } from './support/world.js';

const ROUNDS = 5;
const PORTS = 10_000;
const PATIENCE_MS = 120_000;

export async function connectNetwork(): Promise<readonly Figure[]> {
  const { cloud, stop } = await startWorld('bench connect', ['tor-1']);
  try {
    await registerHosts(cloud);
    const network = await networkWithPorts(cloud, PORTS);
    const gateway = await cloud.api.createGateway('gw', [
      { device_name: 'tor-1', interfaces: [{ name: 'Ethernet1' }] },
    ]);
    const seconds: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const begun = performance.now();
      const connection = await cloud.api.connect(gateway, network, 100);
      await untilStatus(cloud, connection, 'ACTIVE', PATIENCE_MS);
      seconds.push((performance.now() - begun) / 1000);
      const rows = (await cloud.tor('tor-1').remoteMacs(network)).length;
      if (rows !== PORTS) throw new Error(`ACTIVE with ${rows} rows instead of ${PORTS}`);
      await cloud.api.delete(`/v2.0/l2-gateway-connections/${connection}`);
    }
    return [figure(`connect a network of ${PORTS} ports: POST → ACTIVE, all rows on the switch`, 's', seconds)];
  } finally {
    await stop();
  }
}
