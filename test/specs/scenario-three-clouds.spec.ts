import type { Json } from '../harness/api-client.js';
import { eventually } from '../harness/eventually.js';
import { type SharedNetwork, WholeCloud } from '../harness/whole-cloud.js';

const MACHINE = '02:00:00:00:00:01';
const OTHER = '02:00:00:00:00:02';
const HASTY = '02:00:00:00:00:08';
const BACK_AGAIN = '02:00:00:00:00:09';
const WANDERER = '02:00:00:00:00:07';
const SEG = 456;

/** East and west share a network with hub, and with each other; whether those two speak is what changes. */
describe('A network of three clouds', () => {
  let east: WholeCloud;
  let hub: WholeCloud;
  let west: WholeCloud;
  const networks = new Map<WholeCloud, SharedNetwork>();
  let eastOfWest: string;

  beforeAll(async () => {
    [east, hub, west] = await Promise.all([
      start('east', '10.0.1.1'),
      start('hub', '10.0.2.1'),
      start('west', '10.0.3.1'),
    ]);
    await Promise.all([east, hub, west].map(prepare));
    await east.meet(hub, [hub.cloud.natsUrl]);
    await east.meet(west);
    for (const leaf of [east, west]) {
      const peer = await hub.meet(leaf);
      await hub.api.put(`/v2.0/l2-sync-peers/${peer}`, { l2_sync_peer: { transit: true } });
    }
    await west.meet(hub, [hub.cloud.natsUrl]);
    eastOfWest = await west.meet(east);
    await Promise.all([stretchTo(east, hub, west), stretchTo(hub, east, west), stretchTo(west, hub, east)]);
  }, 180_000);
  afterAll(async () => {
    await Promise.all([east, hub, west].map((cloud) => cloud?.stop()));
  });

  const start = (id: string, vtep: string) =>
    WholeCloud.start({
      ...{ id, vtep, name: `three ${id}` },
      switches: [{ name: 'tor-1', tunnelIps: [vtep], ports: ['Ethernet1'] }],
    });
  const prepare = async (cloud: WholeCloud): Promise<void> => {
    await cloud.api.registerHost('host-1', '10.0.9.9');
    await cloud.knowsPorts('tor-1', 1);
    await cloud.api.put('/v2.0/l2-switches/tor-1', { l2_switch: { capabilities: ['tunnel_key'] } });
  };
  const stretchTo = async (cloud: WholeCloud, first: WholeCloud, second: WholeCloud): Promise<void> => {
    const network = await cloud.share(first, SEG, { tor: 'tor-1', port: 'Ethernet1', vlan: 100 });
    networks.set(cloud, network);
    await cloud.stretch(second, SEG, { network: network.id, gateway: network.gateway });
  };
  const networkOf = (cloud: WholeCloud): SharedNetwork => {
    const network = networks.get(cloud);
    if (network === undefined) throw new Error(`${cloud.id} shares no network`);
    return network;
  };
  const isAt = async (cloud: WholeCloud, mac: string, ...vteps: string[]): Promise<void> =>
    eventually(async () => {
      const rows = await cloud.tor('tor-1').remoteMacs(networkOf(cloud).id);
      expect(rows.filter((row) => row.mac === mac).map((row) => row.vtepIp)).toEqual(vteps);
    });
  const said = async (cloud: WholeCloud, mac: string): Promise<readonly Json[]> =>
    (await cloud.remoteMacs()).filter((each) => each['mac'] === mac);
  const place = (cloud: WholeCloud, mac: string): Promise<string> =>
    cloud.api.createPort({
      network_id: networkOf(cloud).id,
      mac_address: mac,
      'binding:host_id': 'host-1',
      fixed_ips: [{ ip_address: `192.0.2.${Number.parseInt(mac.slice(-2), 16)}` }],
    });
  const remove = (cloud: WholeCloud, port: string) => cloud.api.delete(`/v2.0/ports/${port}`);

  it('leads straight to a cloud of which only the hub tells', async () => {
    await place(east, MACHINE);
    await isAt(hub, MACHINE, '10.0.1.1');
    await isAt(west, MACHINE, '10.0.1.1');
    await eventually(async () =>
      expect(await said(west, MACHINE)).toMatchObject([{ state: 'active', cloud: 'east', path: ['east', 'hub'] }]),
    );
    const { l2_explanations } = (await west.api.get(`/v2.0/l2-explain?mac=${MACHINE}`)) as {
      l2_explanations: { candidates: Json[] }[];
    };
    expect(l2_explanations[0]?.candidates).toMatchObject([{ cloud: 'east', path: ['east', 'hub'], is_chosen: true }]);
  });

  it('has nobody hear of its own MACs as if they were elsewhere', async () => {
    await place(west, OTHER);
    await isAt(east, OTHER, '10.0.3.1');
    expect(await said(east, MACHINE)).toEqual([]);
    expect(await said(west, OTHER)).toEqual([]);
  });

  it('keeps what it knows, and shows it as stale, while the hub is silent', async () => {
    await hub.syncs.pop()?.kill();
    await eventually(async () =>
      expect(await said(west, MACHINE)).toMatchObject([{ state: 'stale', path: ['east', 'hub'] }]),
    );
    await isAt(west, MACHINE, '10.0.1.1');
  });

  it('needs no hub where two clouds speak themselves, and has nothing twice', async () => {
    const body = { l2_sync_peer: { servers: [east.cloud.natsUrl] } };
    await west.api.put(`/v2.0/l2-sync-peers/${eastOfWest}`, body);
    await eventually(async () =>
      expect(await said(west, MACHINE)).toMatchObject([{ state: 'active', path: ['east'] }]),
    );
    await hub.startSync();
    await eventually(async () => expect(await said(hub, MACHINE)).toMatchObject([{ state: 'active' }]));
    expect(await said(west, MACHINE)).toMatchObject([{ state: 'active', path: ['east'] }]);
  });

  it('follows a machine from one cloud to the next, and each agrees where it is', async () => {
    const first = await place(east, WANDERER);
    await isAt(west, WANDERER, '10.0.1.1');
    await isAt(hub, WANDERER, '10.0.1.1');
    const second = await place(hub, WANDERER);
    await isAt(west, WANDERER, '10.0.2.1');
    await remove(east, first);
    await isAt(east, WANDERER, '10.0.2.1');
    await place(west, WANDERER);
    await isAt(east, WANDERER, '10.0.3.1');
    await remove(hub, second);
    await isAt(hub, WANDERER, '10.0.3.1');
    await eventually(async () => expect(await said(west, WANDERER)).toEqual([]));
    await eventually(async () =>
      expect(await said(hub, WANDERER)).toMatchObject([
        { state: 'active', cloud: 'west', sequence: 2, path: ['west'] },
      ]),
    );
  });

  it.each([
    ['from one cloud to the next', HASTY, ['hub', 'east', 'west']],
    ['to and fro', BACK_AGAIN, ['hub', 'east']],
  ])('agrees in the end, however quickly a machine goes %s', async (_, mac, journey) => {
    const clouds = [east, hub, west];
    const named = (id: string) => clouds.find((each) => each.id === id) ?? east;
    let [last, port] = [east, await place(east, mac)];
    for (const next of journey.map(named)) {
      const there = await place(next, mac);
      await remove(last, port);
      [last, port] = [next, there];
    }
    for (const cloud of clouds) await isAt(cloud, mac, cloud === last ? '10.0.9.9' : last.vtep);
    await eventually(async () => expect(await said(last, mac)).toEqual([]));
  });
});
