import { type Cloud, startCloud } from '../harness/cloud.js';
import type { Answer, Json } from '../harness/api-client.js';
import { syncQuestion } from '@l2gw/contracts';
import { eventually } from '../harness/eventually.js';
import { KEY, SyncHand, createPeer, createRemoteGateway, stretchNetwork } from './support/shared-network.js';

const NOWHERE = '591ffe08-f8f5-44c1-85c1-1026878f69bd';
const ROUTER = 'network:router_interface';
const OTHER_KEY = Buffer.alloc(32, 7).toString('base64');

describe('Sync peers', () => {
  let cloud: Cloud;
  let hand: SyncHand;
  beforeAll(async () => {
    cloud = await startCloud({ name: 'sync peers', replicas: 2, api: { L2GW_CLOUD_ID: 'north' } });
    await cloud.api.put('/v2.0/l2-switches/tor1', { l2_switch: {} });
    hand = await SyncHand.connect(cloud.natsUrl);
    await hand.open();
  });
  afterAll(async () => {
    await hand?.close();
    await cloud?.stop();
  });

  const request = (method: string, path: string, body?: unknown, headers = {}) =>
    cloud.api.request(method, `/v2.0/${path}`, body, headers);
  const post = (body: unknown) => request('POST', 'l2-sync-peers', { l2_sync_peer: body });
  const put = (id: string, body: unknown, headers = {}) =>
    request('PUT', `l2-sync-peers/${id}`, { l2_sync_peer: body }, headers);
  const show = async (id: string) => (await cloud.api.get(`/v2.0/l2-sync-peers/${id}`))['l2_sync_peer'] as Json;
  const peerOf = (answer: Answer): Json => {
    if (answer.status >= 300) throw new Error(JSON.stringify(answer));
    return answer.body['l2_sync_peer'] as Json;
  };
  const fault = (status: number, type: string, message: RegExp) => ({
    status,
    body: { NeutronError: { type, message: expect.stringMatching(message) as string } },
  });

  describe('that an operator looks into', () => {
    const fails = async (peer: string, status: number, type: string, message: RegExp) => {
      expect(await request('POST', `l2-sync-peers/${peer}/refresh`)).toMatchObject(fault(status, type, message));
      expect(await request('GET', `l2-sync-peers/${peer}/rib-in`)).toMatchObject(fault(status, type, message));
    };

    it('are unknown, or cannot be asked about while no remote-sync is active', async () => {
      await fails(NOWHERE, 404, 'L2SyncPeerNotFound', /could not be found/);
      await fails(await createPeer(cloud, 'looked-into'), 503, 'L2SyncUnavailable', /no remote-sync is active/);
    });

    it('show what they say, and what became of it', async () => {
      const { network, stretch: connection, remoteGateway } = await stretchNetwork(cloud);
      const peer = await createPeer(cloud, 'speaking', { remote_gateways: [remoteGateway] });
      const said = { sequence: 3, ips: ['192.0.2.1'], kind: 'port' };
      const [used, late, bad] = ['02:00:00:00:00:11', '02:00:00:00:00:12', 'nonsense'];
      await hand.says('speaking', connection, used, { sequence: 3 });
      const asked: Json[] = [];
      const place = { connection, network };
      const rows = [
        { ...place, mac: used, said, accepted: true, refused: ['subnet'] },
        { ...place, mac: late, said, accepted: false, refused: ['limit'] },
        { ...place, mac: bad, accepted: false, refused: ['unreadable'] },
      ];
      const serving = hand.bus.serve(syncQuestion.served, 'sync', async ({ body }) => {
        asked.push(JSON.parse(body) as Json);
        return { body: syncQuestion.encodeReply({ answer: { rows, more: true } }) };
      });
      await hand.bus.flush();
      const path = `l2-sync-peers/${peer}/rib-in`;
      await eventually(async () =>
        expect((await request('GET', `${path}?network=${network}&limit=3`)).body).toMatchObject({
          rib_in: [
            { id: `${connection}/${used}`, outcome: 'selected', reason: '', refused: ['subnet'], ips: ['192.0.2.1'] },
            { rgw_connection: connection, network_id: network, mac: late, outcome: 'refused', reason: 'limit' },
            { mac: bad, outcome: 'refused', reason: 'unreadable', sequence: null, kind: null },
          ],
          rib_in_links: [{ rel: 'next', href: expect.stringContaining('nonsense') as string }],
        }),
      );
      await request('GET', `${path}?mac=02-00-00-00-00-11&marker=${connection}/${used}`);
      const after = { connection, mac: used };
      expect(asked.at(-1)).toEqual({ peer, mac: used, after, limit: 1000 });
      expect(await request('GET', `${path}?mac=zz`)).toMatchObject({ status: 400 });
      expect(await request('GET', `${path}?network=zz`)).toMatchObject({ status: 400 });
      expect(await request('GET', `${path}?marker=zz`)).toMatchObject({ status: 400 });
      serving.stop();
    });

    it('may be such that remote-sync has nothing to say of them', async () => {
      const peer = await createPeer(cloud, 'hushed');
      const serving = hand.bus.serve(syncQuestion.served, 'sync', async () => ({
        body: syncQuestion.encodeReply({ failure: 'it is disabled' }),
      }));
      await hand.bus.flush();
      await fails(peer, 503, 'L2SyncFailed', /it is disabled/);
      serving.stop();
    });
  });

  it('name a cloud, how it is reached and its keys; the rest is as most want it', async () => {
    const created = peerOf(await post({ cloud: 'south', keys: [KEY], servers: ['tls://nats.south.example:4222'] }));
    expect(created).toMatchObject({
      name: '',
      cloud: 'south',
      servers: ['tls://nats.south.example:4222'],
      credentials: null,
      keys: [KEY],
      enabled: true,
      policy: { export: [], import: [], export_virtual_macs: false, check_subnets: true },
      limits: { macs: 10_000, ips: 64, total: 100_000 },
      stale_seconds: 86_400,
      transit: false,
      next_hop_self: false,
      remote_gateways: [],
      stretches: [],
      revision_number: 1,
    });
    expect(await show(String(created['id']))).toEqual(created);
    await cloud.api.delete(`/v2.0/l2-sync-peers/${String(created['id'])}`);
    expect(await request('GET', `l2-sync-peers/${String(created['id'])}`)).toMatchObject(
      fault(404, 'L2SyncPeerNotFound', /could not be found/),
    );
  });

  it('change by what a PUT names, if it is of the revision that its author has seen', async () => {
    const id = await createPeer(cloud, 'east', { credentials: 'east' });
    const rule = { action: 'reject', mac: 'FA-16-3E', ip: '2001:DB8:0::/32', kind: 'port', static: false };
    const changed = peerOf(
      await put(id, { keys: [KEY, OTHER_KEY], policy: { export: [rule] }, limits: { macs: 5 }, transit: 'true' }),
    );
    expect(changed).toMatchObject({
      credentials: 'east',
      keys: [KEY, OTHER_KEY],
      policy: { export: [{ ...rule, mac: 'fa:16:3e', ip: '2001:db8::/32' }], check_subnets: true },
      limits: { macs: 5, ips: 64 },
      transit: true,
      next_hop_self: false,
      revision_number: 2,
    });
    expect(await put(id, { enabled: false }, { 'If-Match': 'revision_number=1' })).toMatchObject({ status: 412 });
    expect(peerOf(await put(id, { credentials: null, enabled: 'no' }))).toMatchObject({
      credentials: null,
      enabled: false,
      state: 'disabled',
    });
    expect(await put(id, { cloud: 'other' })).toMatchObject(fault(400, 'HTTPBadRequest', /read-only attribute cloud/));
    expect((await request('GET', 'l2-sync-peers?enabled=0&cloud=east&fields=id')).body).toEqual({
      l2_sync_peers: [{ id }],
    });
  });

  it.each([
    [{ cloud: 'South' }, /'South' is not a cloud id/],
    [{ cloud: 'a.b' }, /is not a cloud id/],
    [{ keys: [] }, /it has 0 items instead of 1 to 4/],
    [{ keys: ['AAAA'] }, /a key is the base64 of the 32 bytes/],
    [{ keys: [KEY, KEY] }, /named twice/],
    [{ servers: ['nats://me:secret@nats:4222'] }, /must not carry a password/],
    [{ servers: ['http://nats:4222'] }, /'http:\/\/nats:4222' is not an address such as/],
    [{ credentials: '/etc/l2gw/south.creds' }, /neither the secret nor a path/],
    [{ credentials: '../south' }, /neither the secret nor a path/],
    [{ credentials: 'SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY' }, /neither the secret nor a path/],
    [{ credentials: 'eyJ0eXAiOiJKV1QiLCJhbGciOiJlZDI1NTE5In0' }, /neither the secret nor a path/],
    [{ policy: { export: [{ mac: 'fa:16:3e' }] } }, /needs an 'action'/],
    [{ policy: { export: [{ action: 'accept', ip: '192.0.2.1' }] } }, /'192.0.2.1' is no ip of a rule/],
    [{ policy: { colour: 1 } }, /'colour' is not in/],
    [{ limits: { macs: -1 } }, /'-1' is not an integer from 0/],
    [{ stale_seconds: -2 }, /is not an integer from -1/],
    [{ remote_gateways: [5] }, /is not a remote gateway/],
    [{ state: 'live' }, /Attribute 'state' not allowed in POST/],
  ])('refuse %j, and say why', async (wrong, text) => {
    const answer = await post({ cloud: 'west', keys: [KEY], ...wrong });
    expect(answer).toMatchObject(fault(400, 'HTTPBadRequest', text));
    expect(JSON.stringify(answer)).not.toMatch(/SUACSSL3|eyJ0eXAi|:secret@/);
  });

  it('are one for each cloud, and never this cloud itself, also when four are asked for at once', async () => {
    expect(await post({ cloud: 'north', keys: [KEY] })).toMatchObject(
      fault(409, 'L2SyncPeerIsThisCloud', /north is this/),
    );
    const answers = await Promise.all([1, 2, 3, 4].map(() => post({ cloud: 'once', keys: [KEY] })));
    expect(answers.map((each) => each.status).sort()).toEqual([201, 409, 409, 409]);
    for (const answer of answers.filter((each) => each.status === 409))
      expect(answer).toMatchObject(fault(409, 'L2SyncPeerExists', /of cloud once already/));
  });

  it('have remote gateways, each of one peer at most', async () => {
    const [first, second] = [await createRemoteGateway(cloud), await createRemoteGateway(cloud)];
    const id = await createPeer(cloud, 'with-gateways', { remote_gateways: [first, second.toUpperCase()] });
    expect((await show(id))['remote_gateways']).toEqual([first, second].sort());
    const other = await post({ cloud: 'rival', keys: [KEY], remote_gateways: [second] });
    expect(other).toMatchObject(
      fault(409, 'L2SyncPeerRemoteGatewayInUse', new RegExp(`${second} belongs to sync peer ${id}`)),
    );
    expect(await post({ cloud: 'rival', keys: [KEY], remote_gateways: [NOWHERE] })).toMatchObject(
      fault(404, 'L2RemoteGatewayNotFound', /could not be found/),
    );
    await put(id, { remote_gateways: [first] });
    const rival = await createPeer(cloud, 'rival', { remote_gateways: [second] });
    expect((await show(rival))['remote_gateways']).toEqual([second]);
    await cloud.api.delete(`/v2.0/l2-sync-peers/${rival}`);
    expect(await request('DELETE', `l2-remote-gateways/${second}`)).toMatchObject({ status: 204 });
  });

  it('are told to remote-sync with what is shared with them, and so is every change', async () => {
    const { network, remoteGateway, stretch, vni } = await stretchNetwork(cloud);
    const sync = hand.sync;
    const row = (key: string) => sync.get(key);
    await eventually(() => expect(row('cloud')).toEqual({ row: 'cloud', id: 'north' }));
    expect(row(`stretch/${stretch}`)).toBeUndefined();
    const id = await createPeer(cloud, 'told', { remote_gateways: [remoteGateway], credentials: 'told' });
    await eventually(() => {
      expect(row(`peer/${id}`)).toMatchObject({
        cloud: 'told',
        credentials: 'told',
        keys: [KEY],
        staleSeconds: 86_400,
      });
      expect(row(`stretch/${stretch}`)).toMatchObject({ peer: id, network, segId: vni, flood: false, subnets: [] });
    });
    const { subnet } = await cloud.api.post('/v2.0/subnets', {
      subnet: { network_id: network, cidr: '192.0.2.0/24', ip_version: 4 },
    });
    await cloud.api.createPort({
      network_id: network,
      mac_address: '02:00:00:00:00:fe',
      device_owner: ROUTER,
    });
    await cloud.api.put(`/v2.0/l2-remote-gateways/${remoteGateway}`, {
      l2_remote_gateway: { ipaddr: '198.51.100.99' },
    });
    await eventually(() =>
      expect(row(`stretch/${stretch}`)).toMatchObject({
        subnets: ['192.0.2.0/24'],
        routerMacs: ['02:00:00:00:00:fe'],
        vtep: '198.51.100.99',
      }),
    );
    expect(subnet).toBeDefined();
    await put(id, { enabled: false, stale_seconds: '-1' });
    await eventually(() => expect(row(`peer/${id}`)).toMatchObject({ enabled: false, staleSeconds: -1 }));
    await cloud.api.delete(`/v2.0/l2-remote-gateway-connections/${stretch}`);
    await eventually(() => expect(row(`stretch/${stretch}`)).toBeUndefined());
    await cloud.api.delete(`/v2.0/l2-sync-peers/${id}`);
    await eventually(() => expect(row(`peer/${id}`)).toBeUndefined());
  });

  it('are told which MACs of a shared network are routers, whatever becomes of their ports', async () => {
    const { network, remoteGateway, stretch } = await stretchNetwork(cloud);
    await createPeer(cloud, 'routed', { remote_gateways: [remoteGateway] });
    const toldRouters = (...routerMacs: string[]) =>
      eventually(() => expect(hand.sync.get(`stretch/${stretch}`)).toMatchObject({ routerMacs }));
    await toldRouters();
    const mac_address = '02:00:00:00:00:fd';
    const port = await cloud.api.createPort({ network_id: network, mac_address, device_owner: ROUTER });
    await toldRouters(mac_address);
    await cloud.api.put(`/v2.0/ports/${port}`, { port: { device_owner: 'compute:nova' } });
    await toldRouters();
    await cloud.api.put(`/v2.0/ports/${port}`, { port: { device_owner: ROUTER } });
    await toldRouters(mac_address);
    await cloud.api.delete(`/v2.0/ports/${port}`);
    await toldRouters();
  });

  it('show what remote-sync reports of them and of each stretch, and do not pass it off as current when it is away', async () => {
    const { remoteGateway, stretch, vni, network } = await stretchNetwork(cloud);
    const id = await createPeer(cloud, 'reported', { remote_gateways: [remoteGateway] });
    expect((await show(id))['stretches']).toMatchObject([{ rgw_connection: stretch, state: 'waiting' }]);
    const since = '2026-08-03T09:15:00.250Z';
    hand.report.put(`peer/${id}`, { state: 'live', epoch: 4, since });
    hand.report.put(`stretch/${stretch}`, {
      state: 'seg_mismatch',
      reason: 'they know it by 457',
      theirSegIds: [457],
      accepted: 2,
      refused: { policy: 3 },
      digestsEqual: true,
    });
    await hand.report.settled();
    await hand.ask({ instance: hand.instance, epoch: hand.epoch });
    expect(await show(id)).toMatchObject({
      state: 'live',
      state_reason: '',
      state_since: since,
      epoch: 4,
      accepted: 2,
      refused: { policy: 3 },
      stretches: [
        {
          rgw_connection: stretch,
          network_id: network,
          seg_id: vni,
          state: 'seg_mismatch',
          reason: 'they know it by 457',
          their_seg_ids: [457],
          digests_equal: true,
        },
      ],
    });
    await eventually(async () =>
      expect(await show(id)).toMatchObject({
        state: 'unknown',
        state_reason: 'no remote-sync is active, start it; it said live last',
      }),
    );
  });

  it('are the same over NATS, and every change of them is in the audit trail', async () => {
    const ask = async (verb: string, body: Json) => {
      const subject = `l2gw.v1.rpc.sync-peer.${verb}`;
      const answer = await hand.bus.request(subject, JSON.stringify(body), { timeoutMs: 5000 });
      return answer.body === '' ? {} : (JSON.parse(answer.body) as Json);
    };
    const { l2_sync_peer } = await ask('create', { body: { l2_sync_peer: { cloud: 'by-rpc', keys: [KEY] } } });
    const id = String((l2_sync_peer as Json)['id']);
    expect((await ask('show', { id }))['l2_sync_peer']).toMatchObject({ cloud: 'by-rpc' });
    await ask('update', { id, body: { l2_sync_peer: { name: 'renamed' } } });
    await ask('delete', { id });
    await eventually(async () => {
      const { l2_audit } = (await cloud.api.get('/v2.0/l2-audit?noun=sync-peer')) as { l2_audit: Json[] };
      const ofIt = l2_audit.filter((each) => each['resource_id'] === id);
      expect(ofIt.map((each) => each['verb'])).toEqual(['delete', 'update', 'create']);
    });
  });
});

describe('A cloud without an id', () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud({ name: 'sync no id' });
  });
  afterAll(() => cloud?.stop());

  it('has no peers, and says what is missing; once it has an id, it keeps it, and refuses to start with another', async () => {
    const body = { l2_sync_peer: { cloud: 'south', keys: [KEY] } };
    expect(await cloud.api.request('POST', '/v2.0/l2-sync-peers', body)).toMatchObject({
      status: 409,
      body: { NeutronError: { type: 'L2CloudIdMissing', message: expect.stringContaining('L2GW_CLOUD_ID') as string } },
    });
    expect(await cloud.api.get('/v2.0/l2-sync-peers')).toEqual({ l2_sync_peers: [] });
    await cloud.startApi({ L2GW_CLOUD_ID: 'north' });
    expect(await cloud.api.request('POST', '/v2.0/l2-sync-peers', body)).toMatchObject({ status: 201 });
    await expect(cloud.startApi({ L2GW_CLOUD_ID: 'other' })).rejects.toThrow(/belongs to cloud north/);
  });
});
