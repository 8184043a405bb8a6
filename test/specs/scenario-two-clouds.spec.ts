import { eventually } from '../harness/eventually.js';
import { type SharedNetwork, WholeCloud } from '../harness/whole-cloud.js';

const SERVER = '02:00:00:00:ba:1e';
const VM = '02:00:00:00:00:01';
const SEG_ID = 456;
const [VTEP_A, VTEP_B] = ['10.1.0.1', '10.2.0.1'];

describe('A network that two clouds share', () => {
  let a: WholeCloud;
  let b: WholeCloud;
  let inA: SharedNetwork;
  let inB: SharedNetwork;

  beforeAll(async () => {
    [a, b] = await Promise.all([start('a', VTEP_A), start('b', VTEP_B)]);
    for (const cloud of [a, b]) await cloud.knowsPorts('tor', 2);
    for (const cloud of [a, b])
      await cloud.api.put('/v2.0/l2-switches/tor', { l2_switch: { capabilities: ['tunnel_key'] } });
    await a.meet(b, [b.cloud.natsUrl]);
    await b.meet(a);
    inA = await a.share(b, SEG_ID, { tor: 'tor', port: 'Ethernet1', vlan: 100 });
    inB = await b.share(a, SEG_ID, { tor: 'tor', port: 'Ethernet1', vlan: 200 });
    await isLive(a);
    await isLive(b);
  }, 60_000);
  afterAll(async () => {
    await Promise.all([a?.stop(), b?.stop()]);
  });

  const start = (id: string, vtep: string) =>
    WholeCloud.start({
      id,
      vtep,
      name: `cloud_${id}`,
      switches: [{ name: 'tor', tunnelIps: [vtep], ports: ['Ethernet1', 'Ethernet2'] }],
    });
  const peersOf = async (cloud: WholeCloud) =>
    ((await cloud.api.get('/v2.0/l2-sync-peers')) as { l2_sync_peers: object[] }).l2_sync_peers;
  const isLive = (cloud: WholeCloud) =>
    eventually(
      async () => expect(await peersOf(cloud)).toMatchObject([{ state: 'live', stretches: [{ state: 'live' }] }]),
      {
        timeoutMs: 20_000,
      },
    );
  const onTor = (cloud: WholeCloud, { id }: SharedNetwork) => cloud.tor('tor').remoteMacs(id);
  const listed = async (cloud: WholeCloud) =>
    ((await cloud.api.get('/v2.0/l2-remote-macs')) as { l2_remote_macs: object[] }).l2_remote_macs;

  it('has a bare-metal server of one cloud on the other’s switch: behind its gateway, with the agreed number and its IP', async () => {
    await a.tor('tor').learn(inA.id, SERVER, '192.0.2.100');
    await eventually(async () =>
      expect(await onTor(b, inB)).toEqual([{ mac: SERVER, ip: '192.0.2.100', vtepIp: VTEP_A, tunnelKey: SEG_ID }]),
    );
    expect(await onTor(a, inA)).toEqual([]);
    expect(await listed(b)).toMatchObject([{ mac: SERVER, ipaddr: '192.0.2.100', origin: 'sync', state: 'active' }]);
    expect(await listed(a)).toEqual([]);
  });

  it('floods to the other cloud, both ways', async () => {
    await eventually(async () => expect(await b.tor('tor').floodSet(inB.id)).toEqual([`${VTEP_A}@${SEG_ID}`]));
    await eventually(async () => expect(await a.tor('tor').floodSet(inA.id)).toEqual([`${VTEP_B}@${SEG_ID}`]));
  });

  it('has a virtual machine of the other cloud, and loses it when it is deleted; nothing else goes', async () => {
    await b.api.registerHost('host', '10.2.0.11');
    const port = await b.api.createPort({
      network_id: inB.id,
      mac_address: VM,
      fixed_ips: [{ ip_address: '192.0.2.1' }],
      'binding:host_id': 'host',
    });
    const row = { mac: VM, ip: '192.0.2.1', vtepIp: VTEP_B, tunnelKey: SEG_ID };
    await eventually(async () => expect(await onTor(a, inA)).toEqual([row]));
    await b.api.delete(`/v2.0/ports/${port}`);
    await eventually(async () => expect(await onTor(a, inA)).toEqual([]));
    expect(await onTor(b, inB)).toHaveLength(1);
  });

  it('keeps what it has while the other cloud is silent, and says that it may be out of date', async () => {
    const [sync] = a.syncs;
    await sync?.kill();
    await eventually(async () => expect(await peersOf(b)).toMatchObject([{ state: 'silent' }]), { timeoutMs: 20_000 });
    expect(await listed(b)).toMatchObject([{ mac: SERVER, state: 'stale' }]);
    expect(await onTor(b, inB)).toHaveLength(1);
    await a.tor('tor').forget(inA.id, SERVER);
    a.syncs.splice(0, 1);
    await a.startSync();
    await eventually(async () => expect(await onTor(b, inB)).toEqual([]), { timeoutMs: 20_000 });
    await isLive(b);
  }, 60_000);

  it('is given up in one cloud although the other cannot be reached, and does not come back by itself', async () => {
    await a.tor('tor').learn(inA.id, SERVER);
    await eventually(async () => expect(await onTor(b, inB)).toHaveLength(1));
    await a.syncs[0]?.kill();
    await b.api.delete(`/v2.0/l2-remote-gateway-connections/${inB.stretch}`);
    await eventually(async () => expect(await onTor(b, inB)).toEqual([]));
    expect(await listed(b)).toEqual([]);
    a.syncs.splice(0, 1);
    await a.startSync();
    await eventually(async () => expect(await peersOf(a)).toMatchObject([{ stretches: [{ state: 'unmatched' }] }]), {
      timeoutMs: 20_000,
    });
    expect(await onTor(b, inB)).toEqual([]);
  }, 60_000);
});
