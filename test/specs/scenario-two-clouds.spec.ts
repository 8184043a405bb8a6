import { eventually } from '../harness/eventually.js';
import { type Stretched, WholeNeighbour } from '../harness/whole-neighbour.js';

const MACHINE = '02:00:00:00:00:01';
const METAL = '02:00:00:00:ba:1e';

/** Cloud north knows the network by VNI 123, south by 789, and both by 456 between them. */
describe('A network that is stretched between two clouds', () => {
  let north: WholeNeighbour;
  let south: WholeNeighbour;
  let there: Stretched;
  let here: Stretched;
  let peerOfSouth: string;
  let port: string;

  beforeAll(async () => {
    north = await WholeNeighbour.start({ id: 'north', tunnelIp: '10.0.1.1' });
    south = await WholeNeighbour.start({ id: 'south', tunnelIp: '10.0.2.1' });
    await Promise.all([north, south].map(({ cloud }) => cloud.api.registerHost('host-1', '10.0.9.9')));
    await eventually(async () => {
      for (const { cloud } of [north, south])
        expect(await cloud.api.get('/v2.0/l2-switches/tor-1')).toMatchObject({ l2_switch: { ports: [{}, {}, {}] } });
    });
    const capabilities = { l2_switch: { capabilities: ['tunnel_key'] } };
    for (const { cloud } of [north, south]) await cloud.api.put('/v2.0/l2-switches/tor-1', capabilities);
    await north.meet(south);
    peerOfSouth = await south.meet(north, [north.cloud.natsUrl]);
    there = await north.stretch({ vni: 123, segId: 456 });
    here = await south.stretch({ vni: 789, segId: 456 });
    await north.startSync();
    await south.startSync();
  }, 120_000);
  afterAll(async () => {
    await Promise.all([north?.stop(), south?.stop()]);
  });

  const atSouth = () => south.cloud.tor('tor-1').remoteMacs(here.network);
  const inNorth = (host: string, mac: string, ...ips: string[]): Promise<string> =>
    north.cloud.api.createPort({
      network_id: there.network,
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
    await eventually(async () => south.cloud.tor('tor-1').learn(here.network, METAL));
    await eventually(async () =>
      expect(await north.cloud.tor('tor-1').remoteMacs(there.network)).toContainEqual(
        expect.objectContaining({ mac: METAL, vtepIp: '10.0.2.1', tunnelKey: 456 }),
      ),
    );
  });

  it('keeps what is known, and shows it as stale, while the neighbour is silent', async () => {
    await north.sync?.kill();
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
      network_id: here.network,
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
    await south.cloud.api.delete(`/v2.0/l2-remote-gateway-connections/${here.connection}`);
    await eventually(async () => expect((await atSouth()).map(({ mac }) => mac)).not.toContain('02:00:00:00:00:08'));
    north.cloud.nats.resume();
  });
});
