import { eventually } from '../harness/eventually.js';
import { type OwnPostgres, startOwnPostgres } from '../harness/postgres.js';
import { type SharedNetwork, WholeCloud } from '../harness/whole-cloud.js';
import { residentMemory } from '../soak/resident-memory.js';

const MACHINE = '02:00:00:00:00:01';
const METAL = '02:00:00:00:ba:1e';
const PATIENTLY = { timeoutMs: 30_000 };

/** Cloud north knows the network by VNI 123, south by 789, and both by 456 between them. */
describe('A network that is stretched between two clouds', () => {
  let north: WholeCloud;
  let south: WholeCloud;
  let there: SharedNetwork;
  let here: SharedNetwork;
  let peerOfNorth: string;
  let peerOfSouth: string;
  /** South's own, which others do not need. */
  let database: OwnPostgres;
  let port: string;

  beforeAll(async () => {
    database = await startOwnPostgres({ fsync: false });
    const databaseUrl = await database.createDatabase('whole south');
    [north, south] = await Promise.all([start('north', '10.0.1.1'), start('south', '10.0.2.1', { databaseUrl })]);
    await Promise.all([north, south].map(({ api }) => api.registerHost('host-1', '10.0.9.9')));
    for (const cloud of [north, south]) {
      await cloud.knowsPorts('tor-1', 3);
      await cloud.api.put('/v2.0/l2-switches/tor-1', { l2_switch: { capabilities: ['tunnel_key'] } });
    }
    peerOfNorth = await north.meet(south);
    peerOfSouth = await south.meet(north, [north.cloud.natsUrl]);
    there = await north.share(south, 456, { tor: 'tor-1', port: 'Ethernet1', vlan: 100, vni: 123 });
    here = await south.share(north, 456, { tor: 'tor-1', port: 'Ethernet1', vlan: 100, vni: 789 });
  }, 120_000);
  afterAll(async () => {
    await Promise.all([north?.stop(), south?.stop()]);
    await database?.stop();
  });

  const start = (id: string, vtep: string, options: { readonly databaseUrl?: string } = {}) =>
    WholeCloud.start({
      ...options,
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
    const left = await inNorth('host-1', '02:00:00:00:00:07', '192.0.2.7');
    await eventually(async () => expect(await atSouth()).toHaveLength(1));
    await south.cloud.api.createPort({
      network_id: here.id,
      mac_address: '02:00:00:00:00:07',
      'binding:host_id': 'host-1',
    });
    await eventually(async () =>
      expect(await atSouth()).toMatchObject([{ mac: '02:00:00:00:00:07', vtepIp: '10.0.9.9' }]),
    );
    await eventually(async () => expect(await south.remoteMacs()).toEqual([]));
    await eventually(async () =>
      expect(await north.api.get('/v2.0/l2-sync-conflicts')).toMatchObject({
        l2_sync_conflicts: [{ kind: 'mac_port', mac: '02:00:00:00:00:07', network_id: there.id }],
      }),
    );
    await north.api.delete(`/v2.0/ports/${left}`);
    const atNorth = () => north.cloud.tor('tor-1').remoteMacs(there.id);
    await eventually(async () =>
      expect(await atNorth()).toContainEqual(expect.objectContaining({ mac: '02:00:00:00:00:07', vtepIp: '10.0.2.1' })),
    );
    await eventually(async () =>
      expect(await north.api.get('/v2.0/l2-sync-conflicts')).toEqual({ l2_sync_conflicts: [] }),
    );
  });

  it('shows both operators that an IP which is bound in one cloud is claimed in the other, and which MAC has it', async () => {
    const [bound, other, ip] = ['02:00:00:00:00:09', '02:00:00:00:ba:09', '192.0.2.9'];
    await inNorth('host-1', bound, ip);
    await eventually(async () => expect(await atSouth()).toContainEqual(expect.objectContaining({ mac: bound, ip })));
    await south.tor('tor-1').learn(here.id, other, ip);
    for (const { api } of [north, south]) {
      await eventually(async () =>
        expect(await api.get('/v2.0/l2-sync-conflicts')).toMatchObject({
          l2_sync_conflicts: [{ kind: 'ip_immutable', ip, claims: [{ mac: bound, static: true }, { mac: other }] }],
        }),
      );
    }
    await eventually(async () =>
      expect(await north.tor('tor-1').remoteMacs(there.id)).toContainEqual(
        expect.objectContaining({ mac: other, ip: '', vtepIp: '10.0.2.1' }),
      ),
    );
    expect(await atSouth()).toContainEqual(expect.objectContaining({ mac: bound, ip }));
    await south.tor('tor-1').forget(here.id, other);
    for (const { api } of [north, south])
      await eventually(async () => expect(await api.get('/v2.0/l2-sync-conflicts')).toEqual({ l2_sync_conflicts: [] }));
  });

  it('keeps nothing of machines that are created and deleted at once', async () => {
    const before = (await atSouth()).map(({ mac }) => mac);
    const hasty = Array.from({ length: 20 }, (_, at) => `02:00:00:00:70:${String(at).padStart(2, '0')}`);
    await Promise.all(hasty.map(async (mac) => north.cloud.api.delete(`/v2.0/ports/${await inNorth('host-1', mac)}`)));
    const last = '02:00:00:00:70:ff';
    port = await inNorth('host-1', last);
    const wanted = [...before, last].sort();
    await eventually(async () => expect((await atSouth()).map(({ mac }) => mac).sort()).toEqual(wanted));
    await north.cloud.api.delete(`/v2.0/ports/${port}`);
    await eventually(async () => expect((await atSouth()).map(({ mac }) => mac)).toEqual(before));
  });

  it('goes on in one cloud while the other has lost its database, and comes together again when it has it back', async () => {
    const before = (await atSouth()).map(({ mac }) => mac);
    port = await inNorth('host-1', '02:00:00:00:38:01');
    await eventually(async () => expect((await atSouth()).map(({ mac }) => mac)).toContain('02:00:00:00:38:01'));
    const speaker = south.syncs[0]?.pid ?? 0;
    const memory = residentMemory(speaker);
    await database.kill();
    const many = Array.from({ length: 100 }, (_, at) => `02:00:00:00:39:${at.toString(16).padStart(2, '0')}`);
    await north.cloud.api.delete(`/v2.0/ports/${port}`);
    for (const mac of many) await inNorth('host-1', mac);
    await eventually(async () => expect(await north.peer(peerOfNorth)).toMatchObject({ state: 'silent' }));
    expect((await atSouth()).map(({ mac }) => mac)).toContain('02:00:00:00:38:01');
    expect(residentMemory(speaker) - memory).toBeLessThan(50);
    await database.restart();
    const wanted = [...before, ...many].sort();
    await eventually(async () => expect((await atSouth()).map(({ mac }) => mac).sort()).toEqual(wanted), PATIENTLY);
    await eventually(async () => expect(await south.peer(peerOfSouth)).toMatchObject({ state: 'live' }), PATIENTLY);
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
