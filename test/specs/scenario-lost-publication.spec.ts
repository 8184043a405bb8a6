import { Client } from 'pg';
import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';
import { startTcpProxy } from '../harness/tcp-proxy.js';
import { connectedCloud, MACS } from './support/connected-cloud.js';

const MAC = '02:00:00:00:0d:ad';

describe('A change that was committed and never published', () => {
  let cloud: Cloud;
  let proxy: Awaited<ReturnType<typeof startTcpProxy>>;
  beforeAll(async () => {
    cloud = await startCloud({ name: 'lost publication', replicas: 0 });
    proxy = await startTcpProxy({ port: cloud.nats.port });
    await cloud.startApi({ L2GW_NATS_URL: `nats://127.0.0.1:${proxy.port}` });
    await cloud.addSwitch({ name: 'tor-1', tunnelIps: ['10.0.0.1'], ports: ['Ethernet1'] });
  });
  afterAll(async () => {
    await cloud?.stop();
    await proxy?.stop();
  });

  it('reaches the switch through the next compiler, although the one that committed it is dead', async () => {
    const { network, connection, addMac } = await connectedCloud(cloud, 'tor-1');
    await eventually(async () => expect(await cloud.api.statusOf(connection)).toBe('ACTIVE'));
    const [first] = cloud.replicas;
    proxy.pause('toServer');
    await addMac(MAC);
    await derivedRow(cloud.databaseUrl, MAC);
    await first?.kill();
    proxy.cut();
    cloud.replicas.shift();
    expect((await cloud.tor('tor-1').remoteMacs(network)).map((each) => each.mac)).toEqual([...MACS]);
    await cloud.startApi();
    await eventually(async () =>
      expect((await cloud.tor('tor-1').remoteMacs(network)).map((each) => each.mac)).toEqual([...MACS, MAC]),
    );
  });
});

/** Resolves when the compiler has committed a row for the MAC. */
async function derivedRow(databaseUrl: string, mac: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await eventually(async () => {
      const { rowCount } = await client.query('SELECT 1 FROM derived_row WHERE key = $1', [`mac/${mac}`]);
      expect(rowCount).toBe(1);
    });
  } finally {
    await client.end();
  }
}
