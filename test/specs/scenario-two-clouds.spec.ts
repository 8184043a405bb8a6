import { eventually } from '../harness/eventually.js';
import { type SharedNetwork, WholeCloud } from '../harness/whole-cloud.js';

const MACHINE = '02:00:00:00:00:01';
const METAL = '02:00:00:00:ba:1e';

/** Cloud north knows the network by VNI 123, south by 789, and both by 456 between them. */
describe('A network that is stretched between two clouds', () => {
  let north: WholeCloud;
  let south: WholeCloud;
  let there: SharedNetwork;
  let here: SharedNetwork;
  let peerOfSouth: string;
  let port: string;

  beforeAll(async () => {
    [north, south] = await Promise.all([start('north', '10.0.1.1'), start('south', '10.0.2.1')]);
    await Promise.all([north, south].map(({ api }) => api.registerHost('host-1', '10.0.9.9')));
    for (const cloud of [north, south]) {
      await cloud.knowsPorts('tor-1', 3);
      await cloud.api.put('/v2.0/l2-switches/tor-1', { l2_switch: { capabilities: ['tunnel_key'] } });
    }
    await north.meet(south);
    peerOfSouth = await south.meet(north, [north.cloud.natsUrl]);
    there = await north.share(south, 456, { tor: 'tor-1', port: 'Ethernet1', vlan: 100, vni: 123 });
    here = await south.share(north, 456, { tor: 'tor-1', port: 'Ethernet1', vlan: 100, vni: 789 });
  }, 120_000);
  afterAll(async () => {
    await Promise.all([north?.stop(), south?.stop()]);
  });

  const start = (id: string, vtep: string) =>
    WholeCloud.start({
      ...{ id, vtep, name: `whole ${id}` },
      switches: [{ name: 'tor-1', tunnelIps: [vtep], ports: ['Ethernet1', 'Ethernet2', 'Ethernet3'] }],
    });
  const atSouth = () => south.cloud.tor('tor-1').remoteMacs(here.id);
  const inNorth = (host: string, mac: string, ...ips: string[]): Promise<string> =>
    north.cloud.api.createPort({
      network_id: there.id,
      mac_address: mac,
      'binding:host_id': host,
      fixed_ips: ips.map((ip_address) => ({ ip_address })),
    });

  it('shows both operators a live peer and a live stretch', async () => {
    await eventually(async () => {
      expect(await south.peer(peerOfSouth)).toMatchObject({ state: 'live', stretches: [{ state: 'live' }] });
    });
  });

  it('carries a virtual machine of one cloud to the switches of the other, by the number between them', async () => {
    port = await inNorth('host-1', MACHINE, '192.0.2.5');
    await eventually(async () =>
      expect(await atSouth()).toEqual([{ mac: MACHINE, ip: '192.0.2.5', vtepIp: '10.0.1.1', tunnelKey: 456 }]),
    );
    await eventually(async () =>
      expect(await south.remoteMacs()).toMatchObject([
        { mac: MACHINE, ipaddr: '192.0.2.5', origin: 'sync', state: 'active', cloud: 'north' },
      ]),
    );
  });

  it('carries a bare-metal server of the other cloud back', async () => {
    await eventually(async () => south.cloud.tor('tor-1').learn(here.id, METAL));
    await eventually(async () =>
      expect(await north.cloud.tor('tor-1').remoteMacs(there.id)).toContainEqual(
        expect.objectContaining({ mac: METAL, vtepIp: '10.0.2.1', tunnelKey: 456 }),
      ),
    );
  });

  it('shows operators what the other cloud says, and compares everything when they want it', async () => {
    const path = `/v2.0/l2-sync-peers/${peerOfSouth}`;
    await eventually(async () =>
      expect(await south.api.get(`${path}/rib-in?mac=${MACHINE}`)).toMatchObject({
        rib_in: [{ mac: MACHINE, ips: ['192.0.2.5'], outcome: 'selected', rgw_connection: here.stretch }],
      }),
    );
    const equal = { answered: true, settled: true, compared: 1, differing: 0, stretches: [] };
    expect(await south.api.request('POST', `${path}/refresh`)).toMatchObject({ status: 200, body: { refresh: equal } });
  });

  it('keeps what is known, and shows it as stale, while the neighbour is silent', async () => {
    await north.syncs.pop()?.kill();
    await eventually(async () => expect(await south.remoteMacs()).toMatchObject([{ mac: MACHINE, state: 'stale' }]));
    expect(await atSouth()).toHaveLength(1);
    await north.startSync();
    await eventually(async () => expect(await south.remoteMacs()).toMatchObject([{ mac: MACHINE, state: 'active' }]));
  });

  it('takes away what is gone', async () => {
    await north.cloud.api.delete(`/v2.0/ports/${port}`);
    await eventually(async () => expect(await atSouth()).toEqual([]));
    await eventually(async () => expect(await south.remoteMacs()).toEqual([]));
  });

  it('follows a machine that moves to the other cloud', async () => {
    await inNorth('host-1', '02:00:00:00:00:07', '192.0.2.7');
    await eventually(async () => expect(await atSouth()).toHaveLength(1));
    await south.cloud.api.createPort({
      network_id: here.id,
      mac_address: '02:00:00:00:00:07',
      'binding:host_id': 'host-1',
    });
    await eventually(async () =>
      expect(await atSouth()).toMatchObject([{ mac: '02:00:00:00:00:07', vtepIp: '10.0.9.9' }]),
    );
  });

  it('ends at once when one operator ends it, though the neighbour cannot be reached', async () => {
    await inNorth('host-1', '02:00:00:00:00:08', '192.0.2.8');
    await eventually(async () => expect((await atSouth()).map(({ mac }) => mac)).toContain('02:00:00:00:00:08'));
    north.cloud.nats.pause();
    await south.cloud.api.delete(`/v2.0/l2-remote-gateway-connections/${here.stretch}`);
    await eventually(async () => expect((await atSouth()).map(({ mac }) => mac)).not.toContain('02:00:00:00:00:08'));
    north.cloud.nats.resume();
  });
});
