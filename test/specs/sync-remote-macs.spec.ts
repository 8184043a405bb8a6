import type { Json } from '../harness/api-client.js';
import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';
import {
  type Shared,
  SyncHand,
  createPeer,
  createRemoteGateway,
  stretchNetwork,
  stretchTo,
} from './support/shared-network.js';

const MAC = '02:00:00:00:00:07';

describe('What another cloud says of its MACs', () => {
  let cloud: Cloud;
  let hand: SyncHand;
  let used = 0;
  beforeAll(async () => {
    cloud = await startCloud({ name: 'sync remote macs', replicas: 2, api: { L2GW_CLOUD_ID: 'north' } });
    await cloud.api.put('/v2.0/l2-switches/tor1', { l2_switch: {} });
    await cloud.api.registerHost('host-1', '10.0.0.11');
    hand = await SyncHand.connect(cloud.natsUrl);
    await hand.open();
  });
  afterAll(async () => {
    await hand?.close();
    await cloud?.stop();
  });

  const shared = async (): Promise<Shared & { readonly peer: string; readonly far: string }> => {
    used += 1;
    const network = await stretchNetwork(cloud);
    const far = `south-${used}`;
    return { ...network, far, peer: await createPeer(cloud, far, { remote_gateways: [network.remoteGateway] }) };
  };
  const list = async (query: string, replica = 0) =>
    (await cloud.clientOf(replica).get(`/v2.0/l2-remote-macs?${query}`))['l2_remote_macs'] as Json[];
  const isListed = (stretch: string, ...expected: Json[]) =>
    eventually(async () => expect(await list(`rgw_connection=${stretch}&sort_key=ipaddr`)).toMatchObject(expected));
  const pushed = async (stretch: string, far: string, mac = MAC) => {
    const answer = await hand.bus.request(
      `l2gw.v1.up.sync.import.${far}.${stretch}`,
      JSON.stringify({ verb: 'apply', epoch: hand.epoch, from: 0, to: 1, ops: [{ key: mac, row: {} }] }),
      { timeoutMs: 5000 },
    );
    return JSON.parse(answer.body) as Json;
  };
  const deletes = (path: string) => cloud.api.request('DELETE', `/v2.0/${path}`);

  it('is listed with the remote MACs, an entry for each IP, by every replica', async () => {
    const { stretch, far, network } = await shared();
    await hand.says(far, stretch, MAC, { sequence: 4, ips: ['192.0.2.7', '2001:db8::7'] as never });
    const entry = {
      mac: MAC,
      rgw_connection: stretch,
      network_id: network,
      origin: 'sync',
      cloud: far,
      sequence: 4,
      path: [far],
    };
    await isListed(
      stretch,
      { ...entry, ipaddr: '192.0.2.7', state: 'active', reason: '' },
      { ...entry, ipaddr: '2001:db8::7', state: 'active' },
    );
    const listed = await list(`mac=${MAC}&origin=sync&network_id=${network}&sort_key=ipaddr&sort_dir=desc`, 1);
    expect(listed.map((each) => each['ipaddr'])).toEqual(['2001:db8::7', '192.0.2.7']);
    const [first] = listed;
    expect(await cloud.api.get(`/v2.0/l2-remote-macs/${String(first?.['id'])}`)).toEqual({ l2_remote_mac: first });
    const page = await list(
      `network_id=${network}&limit=1&marker=${String([...listed].map((each) => each['id']).sort()[0])}`,
    );
    expect(page).toHaveLength(1);
  });

  it('is listed page by page, in the same order both ways', async () => {
    const [{ stretch, far }, other] = [await shared(), await shared()];
    const macs = Array.from({ length: 7 }, (_, at) => `02:00:00:00:01:0${at}`);
    for (const writer of [hand.imports(far, stretch), hand.imports(other.far, other.stretch)]) {
      for (const mac of macs) writer.put(mac, { sequence: 0, ips: ['192.0.2.1', '192.0.2.2'], kind: 'port' });
      await writer.settled();
    }
    await cloud.api.post('/v2.0/l2-remote-macs', {
      l2_remote_mac: { rgw_connection: stretch, mac: '02:00:00:00:02:01', ipaddr: '192.0.2.9' },
    });
    const ids = async (query: string): Promise<unknown[]> => (await list(query)).map((each) => each['id']);
    const all = await ids('');
    expect(all).toEqual([...all].sort());
    const walk = async (query: string): Promise<unknown[]> => {
      const page = await ids(query);
      const isBack = query.includes('page_reverse');
      const marker = String(page.at(isBack ? 0 : -1)).toUpperCase();
      if (page.length === 0) return [];
      const more = await walk(`${query.replace(/&marker=.*/, '')}&marker=${marker}`);
      return isBack ? [...more, ...page] : [...page, ...more];
    };
    for (const limit of [1, 4]) {
      expect(await walk(`limit=${limit}`)).toEqual(all);
      expect(await walk(`limit=${limit}&page_reverse=true`)).toEqual(all);
    }
    await eventually(async () => expect(await list('state=pending')).toEqual([]));
    const byState = await ids('sort_key=state&sort_key=mac&sort_dir=desc&sort_dir=asc&limit=5');
    const next = await ids(
      `sort_key=state&sort_key=mac&sort_dir=desc&sort_dir=asc&limit=5&marker=${String(byState[4])}`,
    );
    expect(new Set([...byState, ...next]).size).toBe(10);
  });

  it('cannot be deleted here, and the refusal says what can be done instead', async () => {
    const { stretch, far } = await shared();
    await hand.says(far, stretch, MAC);
    await isListed(stretch, { state: 'active' });
    const [{ id } = { id: '' }] = (await list(`rgw_connection=${stretch}`)) as [{ id: string }];
    expect(await deletes(`l2-remote-macs/${id}`)).toMatchObject({
      status: 409,
      body: {
        NeutronError: {
          type: 'L2RemoteMacSynchronised',
          message: expect.stringMatching(
            /^Cloud south-\d+ says that .* delete it in that cloud, refuse it by the import/,
          ),
        },
      },
    });
    expect(await deletes('l2-remote-macs/591ffe08-f8f5-44c1-85c1-1026878f69bd')).toMatchObject({ status: 404 });
  });

  it('is shadowed while an operator states the MAC, or a port of this cloud has it, and that is said', async () => {
    const { stretch, far, network } = await shared();
    await hand.says(far, stretch, MAC);
    await isListed(stretch, { state: 'active' });
    const { l2_remote_mac } = await cloud.api.post('/v2.0/l2-remote-macs', {
      l2_remote_mac: { mac: MAC, rgw_connection: stretch },
    });
    await eventually(async () =>
      expect(await list(`rgw_connection=${stretch}&sort_key=origin`)).toMatchObject([
        { origin: 'admin', state: 'active', sequence: null, cloud: null },
        { origin: 'sync', state: 'shadowed', reason: 'an operator has stated it' },
      ]),
    );
    await cloud.api.delete(`/v2.0/l2-remote-macs/${String((l2_remote_mac as Json)['id'])}`);
    await isListed(stretch, { state: 'active' });
    await cloud.api.createPort({ network_id: network, mac_address: MAC, 'binding:host_id': 'host-1' });
    await isListed(stretch, { state: 'shadowed', reason: 'a port of this cloud has it' });
  });

  it('is stale while its cloud is silent, and used all the same', async () => {
    const { stretch, far } = await shared();
    await hand.says(far, stretch, MAC);
    hand.report.put(`stretch/${stretch}`, { state: 'stale', reason: 'not heard for 5 s', accepted: 1, refused: {} });
    await hand.report.settled();
    await isListed(stretch, { state: 'stale', reason: 'not heard for 5 s' });
    hand.report.put(`stretch/${stretch}`, { state: 'live', accepted: 1, refused: {} });
    await hand.report.settled();
    await isListed(stretch, { state: 'active', reason: '' });
  });

  it.each([
    ['the connection goes', (each: Shared) => cloud.api.delete(`/v2.0/l2-remote-gateway-connections/${each.stretch}`)],
    ['the peer goes', (each: { peer: string }) => cloud.api.delete(`/v2.0/l2-sync-peers/${each.peer}`)],
    [
      'the remote gateway is the peer’s no longer',
      (each: { peer: string }) =>
        cloud.api.put(`/v2.0/l2-sync-peers/${each.peer}`, { l2_sync_peer: { remote_gateways: [] } }),
    ],
  ])('goes at once when %s, and nothing else does, and it does not come back', async (_, remove) => {
    const [gone, kept] = [await shared(), await shared()];
    for (const { stretch, far } of [gone, kept]) await hand.says(far, stretch, MAC);
    await isListed(kept.stretch, { state: 'active' });
    await isListed(gone.stretch, { state: 'active' });
    await remove(gone);
    expect(await list(`rgw_connection=${gone.stretch}`)).toEqual([]);
    await eventually(async () => {
      const { l2_explanations } = await cloud.api.get(`/v2.0/l2-explain?network=${gone.network}&mac=${MAC}`);
      expect(l2_explanations).toMatchObject([
        { candidates: [], chosen: null, derived: { row: null, is_current: true } },
      ]);
    });
    await eventually(() => expect(hand.sync.get(`stretch/${gone.stretch}`)).toBeUndefined());
    hand.imports(gone.far, gone.stretch).put('02:00:00:00:00:08', { sequence: 0, ips: [], kind: 'port' });
    expect(await pushed(gone.stretch, gone.far)).toEqual({ refused: 'client' });
    expect(await list(`rgw_connection=${gone.stretch}`)).toEqual([]);
    expect(await list(`rgw_connection=${kept.stretch}`)).toMatchObject([{ state: 'active' }]);
    hand.imports(gone.far, gone.stretch).stop();
  });

  it('goes also while more is being said, and while networks are stretched to the peer', async () => {
    const { stretch, far, peer, gateway, network, remoteGateway } = await shared();
    await hand.says(far, stretch, MAC);
    const writer = hand.imports(far, stretch);
    const say = (n: number) =>
      writer.put(`02:00:00:03:${(n >> 8).toString(16).padStart(2, '0')}:${(n & 255).toString(16).padStart(2, '0')}`, {
        sequence: 0,
        ips: [],
        kind: 'port',
      });
    for (let n = 0; n < 2000; n += 1) say(n);
    const [gone, again] = await Promise.all([
      deletes(`l2-sync-peers/${peer}`),
      cloud.api.request('POST', '/v2.0/l2-remote-gateway-connections', {
        l2_remote_gateway_connection: { l2_gateway_id: gateway, network_id: network, remote_gateway_id: remoteGateway },
      }),
    ]);
    expect([gone.status, again.status]).toEqual([204, 409]);
    for (let n = 2000; n < 3000; n += 1) say(n);
    expect(await pushed(stretch, far)).toEqual({ refused: 'client' });
    expect(await list(`network_id=${network}`)).toEqual([]);
    writer.stop();
  });

  it('goes with one of two remote gateways of a peer, and stays with the other', async () => {
    const { stretch, far, peer, network, gateway, remoteGateway } = await shared();
    const second = await createRemoteGateway(cloud, '203.0.113.9');
    const other = await stretchTo(cloud, network, gateway, second);
    await cloud.api.put(`/v2.0/l2-sync-peers/${peer}`, { l2_sync_peer: { remote_gateways: [remoteGateway, second] } });
    await hand.says(far, stretch, MAC);
    await hand.says(far, other, '02:00:00:00:00:09');
    await cloud.api.put(`/v2.0/l2-sync-peers/${peer}`, { l2_sync_peer: { remote_gateways: [remoteGateway] } });
    expect(await list(`network_id=${network}`)).toMatchObject([{ mac: MAC }]);
  });

  it('is taken from the tables of its own stretches only, and under no epoch but the latest', async () => {
    const { stretch, far } = await shared();
    const another = await shared();
    for (const [cloudId, id] of [
      [another.far, stretch],
      ['nobody', stretch],
      [far, '591ffe08-f8f5-44c1-85c1-1026878f69bd'],
      [far, 'no-id'],
    ] as const)
      expect(await pushed(id, cloudId)).toEqual({ refused: 'client' });
    await hand.says(far, stretch, MAC);
    const before = hand.epoch;
    const epoch = await hand.open();
    expect(epoch).toBeGreaterThan(before);
    hand.epoch = before;
    expect(await pushed(stretch, far)).toEqual({ refused: 'epoch', epoch });
    hand.epoch = epoch;
  });
});
