import { type Bus, connectBus } from '@l2gw/bus';
import { ApiClient } from '../harness/api-client.js';
import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';

interface Connection {
  readonly id: string;
  readonly status: string;
  readonly status_reason: string;
  readonly segmentation_id: unknown;
}

describe('A request waits until a connection has a status', () => {
  let cloud: Cloud;
  let bus: Bus;
  let here: string;
  let absent: string;
  beforeAll(async () => {
    cloud = await startCloud({
      name: 'wait',
      replicas: 2,
      switches: [{ name: 'tor-1', tunnelIps: ['10.0.0.1'], ports: ['Ethernet1'] }],
    });
    bus = await connectBus({ servers: [cloud.natsUrl], client: 'spec' });
    await cloud.api.put('/v2.0/l2-switches/absent', { l2_switch: {} });
    await eventually(async () => {
      const { l2_switch } = (await cloud.api.get('/v2.0/l2-switches/tor-1')) as { l2_switch: { ports: unknown[] } };
      expect(l2_switch.ports).toHaveLength(1);
    });
    here = await cloud.api.createGateway('here', [{ device_name: 'tor-1', interfaces: [{ name: 'Ethernet1' }] }]);
    absent = await cloud.api.createGateway('absent', [{ device_name: 'absent', interfaces: [{ name: 'Ethernet1' }] }]);
  });
  afterAll(async () => {
    await bus?.close();
    await cloud?.stop();
  });

  let vlan = 100;
  const connect = async (gateway: string) => {
    const { id } = await cloud.api.createNetwork();
    return cloud.api.connect(gateway, id, (vlan += 1));
  };
  const ask = async (path: string, init: RequestInit = {}, client: ApiClient = cloud.api) => {
    const response = await fetch(`${client.url}/v2.0/l2-gateway-connections${path}`, init);
    const body = (await response.json()) as { l2_gateway_connection?: Connection; NeutronError?: object };
    return { status: response.status, headers: response.headers, body, connection: body.l2_gateway_connection };
  };
  const post = async (gateway: string, query: string, headers: Record<string, string>, client?: ApiClient) => {
    const { id: network_id } = await cloud.api.createNetwork();
    const body = { l2_gateway_id: gateway, network_id, segmentation_id: String((vlan += 1)) };
    return ask(
      query,
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify({ l2_gateway_connection: body }),
      },
      client,
    );
  };

  it('and is answered by either replica as soon as the switch has confirmed it', async () => {
    const id = await connect(here);
    const answers = await Promise.all(
      [0, 1].map((replica) => ask(`/${id}?wait=ACTIVE&timeout=60`, {}, cloud.clientOf(replica))),
    );
    for (const { status, connection } of answers) {
      expect([status, connection?.status, connection?.status_reason]).toEqual([200, 'ACTIVE', '']);
    }
  });

  it('and hears of it through hints: sooner than anybody would look by himself', async () => {
    await cloud.tor('tor-1').setPortFault('Ethernet1', ['invalid_vlan_map']);
    const id = await connect(here);
    await eventually(async () => expect(await cloud.api.statusOf(id)).toMatch(/^DEGRADED tor-1: PORT_FAULT/));
    for (const replica of [0, 1]) {
      const answer = ask(`/${id}?wait=ACTIVE&timeout=60`, {}, cloud.clientOf(replica));
      await ask(`/${id}?wait=ACTIVE&timeout=1`, {}, cloud.clientOf(replica));
      await cloud.tor('tor-1').setPortFault('Ethernet1', []);
      const begun = performance.now();
      expect((await answer).connection?.status).toBe('ACTIVE');
      expect(performance.now() - begun).toBeLessThan(2000);
      await cloud.tor('tor-1').setPortFault('Ethernet1', ['invalid_vlan_map']);
      await ask(`/${id}?wait=DEGRADED`);
    }
    await cloud.tor('tor-1').setPortFault('Ethernet1', []);
  });

  it('from its creation, and the answer says that the preference was honoured', async () => {
    const { status, headers, connection } = await post(here, '', { Prefer: 'wait=60' });
    expect([status, connection?.status, connection?.segmentation_id]).toEqual([201, 'ACTIVE', String(vlan)]);
    expect(headers.get('Preference-Applied')).toBe('wait');
    const asked = await post(here, '?wait=ACTIVE', {});
    expect([asked.status, asked.connection?.status]).toEqual([201, 'ACTIVE']);
    expect(asked.headers.get('Preference-Applied')).toBeNull();
  });

  it('no longer than it said: then it is answered as it is', async () => {
    const id = await connect(absent);
    const begun = performance.now();
    const { status, headers, connection } = await ask(`/${id}`, { headers: { Prefer: 'wait=1' } });
    expect(performance.now() - begun).toBeGreaterThan(990);
    expect([status, connection?.status, connection?.status_reason]).toEqual([
      200,
      'BUILD',
      'absent: NOT_CONNECTED its agent has not reported yet',
    ]);
    expect(headers.get('Preference-Applied')).toBe('wait');
    expect(await ask(`/${id}?wait=BUILD&fields=status`)).toMatchObject({
      body: { l2_gateway_connection: { status: 'BUILD' } },
    });
  });

  it('and not on when it has ended in ERROR', async () => {
    const { id, vni } = await cloud.api.createNetwork();
    const theirs = { op: 'insert', table: 'Logical_Switch', row: { name: 'theirs', tunnel_key: vni } };
    await cloud.tor('tor-1').server.transact([theirs]);
    const connection = await cloud.api.connect(here, id, (vlan += 1));
    expect((await ask(`/${connection}?wait=ACTIVE&timeout=60`)).connection).toMatchObject({
      status: 'ERROR',
      status_reason: expect.stringMatching(/^tor-1: VNI_IN_USE /),
    });
  });

  it('and is refused if what it asks makes no sense', async () => {
    const id = await connect(absent);
    for (const query of ['wait=BETTER', 'wait=ACTIVE&timeout=forever', 'wait=ACTIVE&timeout=301', 'timeout=-1']) {
      expect(await ask(`/${id}?${query}`)).toMatchObject({
        status: 400,
        body: { NeutronError: { type: 'HTTPBadRequest' } },
      });
    }
    expect((await ask('/nope?wait=ACTIVE')).status).toBe(404);
    const before = (await cloud.api.get('/v2.0/l2-gateway-connections'))['l2_gateway_connections'] as unknown[];
    expect((await post(here, '?wait=BETTER', {})).status).toBe(400);
    const after = (await cloud.api.get('/v2.0/l2-gateway-connections'))['l2_gateway_connections'] as unknown[];
    expect(after).toHaveLength(before.length);
  });

  it('and is told that the connection has been deleted meanwhile', async () => {
    const id = await connect(absent);
    const answer = ask(`/${id}?wait=ACTIVE&timeout=60`, {}, cloud.clientOf(1));
    await ask(`/${id}?wait=ACTIVE&timeout=1`, {}, cloud.clientOf(1));
    await cloud.api.delete(`/v2.0/l2-gateway-connections/${id}`);
    expect(await answer).toMatchObject({
      status: 404,
      body: { NeutronError: { type: 'L2GatewayConnectionNotFound' } },
    });
  });

  it('over the bus as over HTTP', async () => {
    const id = await connect(here);
    const request = JSON.stringify({ id, query: 'wait=ACTIVE&timeout=20' });
    const answer = await bus.request('l2gw.v1.rpc.connection.show', request, { timeoutMs: 25_000 });
    expect(JSON.parse(answer.body)).toMatchObject({ l2_gateway_connection: { id, status: 'ACTIVE' } });
  });

  describe('at a replica that holds two at the most', () => {
    let small: ApiClient;
    let id: string;
    beforeAll(async () => {
      small = new ApiClient((await cloud.startApi({ L2GW_MOST_WAITERS: '2' })).url);
      id = await connect(absent);
    });

    /** Whoever looks whether there is room takes a place for a moment, too: then he who comes to stay is sent away, and comes again. */
    const wait = async (init: RequestInit = {}): ReturnType<typeof ask> => {
      const answer = await ask(`/${id}?wait=ACTIVE&timeout=60`, init, small);
      return answer.status === 503 ? wait(init) : answer;
    };

    it('others are sent away until a client goes; but what is created is answered', async () => {
      const leaving = new AbortController();
      const held = [1, 2].map(() => wait({ signal: leaving.signal }).catch(() => 'gone'));
      const refused = await eventually(async () => {
        const answer = await ask(`/${id}?wait=ACTIVE&timeout=0`, {}, small);
        expect(answer.status).toBe(503);
        return answer;
      });
      expect(refused.headers.get('Retry-After')).toBe('5');
      expect(refused.body).toMatchObject({ NeutronError: { type: 'TooManyWaiters' } });
      const created = await post(absent, '', { Prefer: 'wait=60' }, small);
      expect([created.status, created.connection?.status]).toEqual([201, 'BUILD']);
      expect(created.headers.get('Preference-Applied')).toBeNull();
      leaving.abort();
      expect(await Promise.all(held)).toEqual(['gone', 'gone']);
      await eventually(async () => expect((await ask(`/${id}?wait=ACTIVE&timeout=0`, {}, small)).status).toBe(200));
    });

    it('who waits when it is stopped gets his answer', async () => {
      const answers = [1, 2].map(() => wait());
      await eventually(async () => expect((await ask(`/${id}?wait=ACTIVE&timeout=0`, {}, small)).status).toBe(503));
      await cloud.replicas.pop()?.stop();
      for (const { status, connection } of await Promise.all(answers))
        expect([status, connection?.status]).toEqual([200, 'BUILD']);
    });
  });
});
