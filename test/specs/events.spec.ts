import { connect as dial } from 'node:net';
import { type Bus, connectBus } from '@l2gw/bus';
import { type L2Event, l2Event } from '@l2gw/contracts';
import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';
import { EventReader } from './support/event-reader.js';

describe('Events', () => {
  let cloud: Cloud;
  let bus: Bus;
  const readers: EventReader[] = [];
  beforeAll(async () => {
    const tor = (n: number) => ({ name: `tor-${n}`, tunnelIps: [`10.0.0.${n}`], ports: ['Ethernet1'] });
    cloud = await startCloud({ name: 'events', replicas: 2, switches: [tor(1), tor(2)] });
    bus = await connectBus({ servers: [cloud.natsUrl], client: 'spec' });
    await cloud.api.registerHost('host-1', '10.0.0.11');
    await eventually(async () => {
      for (const name of ['tor-1', 'tor-2']) {
        const { l2_switch } = (await cloud.api.get(`/v2.0/l2-switches/${name}`)) as { l2_switch: { ports: unknown[] } };
        expect(l2_switch.ports).toHaveLength(1);
      }
    });
  });
  afterEach(() => {
    for (const reader of readers.splice(0)) reader.close();
  });
  afterAll(async () => {
    await bus?.close();
    await cloud?.stop();
  });

  const open = async (query = '', replica = 0, lastId?: string) => {
    const reader = await EventReader.open(cloud.clientOf(replica).url, query, lastId);
    readers.push(reader);
    return reader;
  };
  /** Without what switches tell of themselves, perhaps late, and of the feed itself. */
  const ofOperators = (reader: EventReader) =>
    reader.events.filter(({ data }) => data.noun !== 'switch' && data.noun !== 'feed');
  const gateway = (name: string, tor: string) =>
    cloud.api.createGateway(name, [{ device_name: tor, interfaces: [{ name: 'Ethernet1' }] }]);

  it('tell at every replica what operators create, change and delete, with its revision', async () => {
    const [first, second] = [await open(), await open('', 1)];
    const { id: network_id } = await cloud.api.createNetwork();
    await cloud.api.put(`/v2.0/networks/${network_id}`, { network: { name: 'renamed' } });
    const port = await cloud.api.createPort({ network_id });
    await cloud.api.put(`/v2.0/ports/${port}`, { port: { name: 'renamed' } });
    await cloud.api.delete(`/v2.0/ports/${port}`);
    const subnet = await cloud.api.post('/v2.0/subnets', {
      subnet: { network_id, cidr: '192.0.2.0/24', ip_version: 4 },
    });
    await cloud.api.delete(`/v2.0/subnets/${(subnet['subnet'] as { id: string }).id}`);
    await cloud.api.delete(`/v2.0/networks/${network_id}`);
    const id = await gateway('told', 'tor-1');
    await cloud.api.put(`/v2.0/l2-gateways/${id}`, { l2_gateway: { name: 'renamed' } });
    await cloud.api.delete(`/v2.0/l2-gateways/${id}`);
    for (const reader of [first, second]) {
      await reader.sees({ noun: 'gateway', change: 'deleted', id });
      const told = ofOperators(reader);
      expect(told.map(({ data: { noun, change, revision } }) => `${noun} ${change} ${revision ?? '-'}`)).toEqual([
        ...['network created 1', 'network updated 2', 'port created 1', 'port updated 2', 'port deleted -'],
        ...['subnet created 1', 'subnet deleted -', 'network deleted -'],
        ...['gateway created 1', 'gateway updated 2', 'gateway deleted -'],
      ]);
      for (const { name, data } of told) expect(name).toBe(data.noun);
    }
  });

  it('tell nothing of what was refused', async () => {
    const reader = await open();
    const network = await cloud.api.createNetwork();
    const id = await gateway('refused', 'tor-1');
    const body = { l2_gateway_connection: { l2_gateway_id: id, network_id: network.id } };
    expect((await cloud.api.request('POST', '/v2.0/l2-gateway-connections', body)).status).toBe(400);
    expect((await cloud.api.request('DELETE', `/v2.0/l2-gateways/${network.id}`)).status).toBe(404);
    await cloud.api.delete(`/v2.0/l2-gateways/${id}`);
    await reader.sees({ noun: 'gateway', change: 'deleted', id });
    expect(ofOperators(reader).map(({ data }) => `${data.noun} ${data.change}`)).toEqual([
      'network created',
      'gateway created',
      'gateway deleted',
    ]);
  });

  it('tell each change of a connection’s status once, with the reason, over HTTP and on the bus alike', async () => {
    const heard: L2Event[] = [];
    const subscription = bus.subscribe(l2Event.subject('connection'), ({ body }) =>
      heard.push(l2Event.decode(JSON.parse(body))),
    );
    await bus.flush();
    const { id: network_id } = await cloud.api.createNetwork();
    const id = await gateway('statuses', 'tor-1');
    const reader = await open(`?noun=connection&network_id=${network_id}`, 1);
    const connection = await cloud.api.connect(id, network_id, 100);
    await reader.sees({ id: connection, status: 'ACTIVE', status_reason: '', network_id });
    await cloud.tor('tor-1').setPortFault('Ethernet1', ['invalid_vlan_map']);
    const status_reason = 'tor-1: PORT_FAULT Ethernet1: invalid_vlan_map';
    await reader.sees({ id: connection, status: 'DEGRADED', status_reason });
    reader.clear();
    await cloud.tor('tor-1').setPortFault('Ethernet1', []);
    await reader.sees({ id: connection, status: 'ACTIVE' });
    await cloud.api.delete(`/v2.0/l2-gateway-connections/${connection}`);
    await reader.sees({ id: connection, change: 'deleted' });
    expect(reader.events.map(({ data }) => data.change)).toEqual(['status', 'deleted']);
    await eventually(() => expect(heard.at(-1)).toMatchObject({ change: 'deleted', id: connection }));
    const statuses = heard.filter((each) => each.id === connection && each.change === 'status');
    expect(statuses.map((each) => each.status).filter((each) => each !== 'BUILD')).toEqual([
      'ACTIVE',
      'DEGRADED',
      'ACTIVE',
    ]);
    subscription.stop();
  });

  it('tell where a MAC was learned, that it moved to another switch and where it is then', async () => {
    const { id: network_id } = await cloud.api.createNetwork();
    const connections = [];
    for (const n of [1, 2])
      connections.push(await cloud.api.connect(await gateway(`m${n}`, `tor-${n}`), network_id, 200));
    for (const id of connections) await cloud.api.get(`/v2.0/l2-gateway-connections/${id}?wait=ACTIVE`);
    const reader = await open(`?noun=learned&noun=mac&network_id=${network_id}&id=02:00:00:00:00:01`);
    const mac = '02:00:00:00:00:01';
    await cloud.tor('tor-1').learn(network_id, mac);
    await reader.sees({ noun: 'learned', change: 'appeared', id: mac, switch: 'tor-1' });
    await reader.sees({ noun: 'mac', change: 'placed', id: mac, vtep: '10.0.0.1' });
    await cloud.tor('tor-2').learn(network_id, mac);
    await reader.sees({ noun: 'learned', change: 'moved', id: mac, switch: 'tor-2', from: 'tor-1' });
    await reader.sees({ noun: 'mac', change: 'placed', id: mac, vtep: '10.0.0.2' });
    await cloud.tor('tor-1').forget(network_id, mac);
    await reader.sees({ noun: 'learned', change: 'vanished', switch: 'tor-1' });
    await cloud.tor('tor-2').forget(network_id, mac);
    const { data } = await reader.sees({ noun: 'mac', change: 'vanished', id: mac });
    const revisions = reader.events.filter((each) => each.data.noun === 'mac').map((each) => each.data.revision ?? 0);
    expect(revisions).toEqual([...revisions].sort((a, b) => a - b));
    expect(data.revision).toBe(Math.max(...revisions));
  });

  it('tell that a switch is gone and back, and its faults and those of its ports in its own words', async () => {
    const reader = await open('?noun=switch&id=tor-2');
    await cloud.tor('tor-2').setSwitchFault(['mac_table_exhaustion']);
    await reader.sees({ id: 'tor-2', change: 'status', status: 'CONNECTED', faults: ['mac_table_exhaustion'] });
    await cloud.tor('tor-2').setSwitchFault([]);
    await cloud.tor('tor-2').setPortFault('Ethernet1', ['invalid_vlan_map']);
    await reader.sees({ id: 'tor-2', change: 'updated', port: 'Ethernet1', faults: ['invalid_vlan_map'] });
    await cloud.tor('tor-2').setPortFault('Ethernet1', []);
    await reader.sees({ id: 'tor-2', change: 'updated', port: 'Ethernet1', faults: [] });
    await cloud.tor('tor-2').server.kill();
    await reader.sees({ id: 'tor-2', change: 'status', status: 'DISCONNECTED' });
    reader.clear();
    await cloud.tor('tor-2').server.restart();
    await reader.sees({ id: 'tor-2', change: 'status', status: 'CONNECTED', faults: [] });
  });

  it('are counted where they are too many to name: nothing is lost from the sum', async () => {
    const { id: network_id } = await cloud.api.createNetwork();
    const reader = await open(`?noun=port&network_id=${network_id}`);
    const macOf = (n: number) =>
      `02:00:00:01:${(n + 0x10000)
        .toString(16)
        .slice(1)
        .replace(/(..)(..)/, '$1:$2')}`;
    const ports = Array.from({ length: 3000 }, (_, n) => ({ network_id, mac_address: macOf(n) }));
    await cloud.api.post('/v2.0/ports', { ports });
    await eventually(() => {
      const created = reader.events.map((each) => each.data).filter((each) => each.change === 'created');
      expect(created.reduce((sum, each) => sum + (each.count ?? 1), 0)).toBe(3000);
      expect(created.length).toBeLessThan(1500);
    });
  });

  it('that were missed come after the last one read; if nobody can tell which, the reader is told to list again', async () => {
    const first = await open('?noun=gateway');
    const kept = await gateway('kept', 'tor-1');
    const { id } = await first.sees({ id: kept });
    first.close();
    const missed = [await gateway('missed 1', 'tor-1'), await gateway('missed 2', 'tor-1')];
    const again = await open('?noun=gateway', 0, id);
    for (const each of missed) await again.sees({ id: each, change: 'created' });
    expect(again.events.map((each) => each.data.id)).toEqual(missed);
    const elsewhere = await open('?noun=gateway', 1, id);
    await elsewhere.sees({ noun: 'feed', change: 'resync' });
    expect(elsewhere.events[0]?.name).toBe('resync');
  });

  it('are not held back by a reader who does not read; he is told that he lost some', async () => {
    const { hostname, port } = new URL(cloud.api.url);
    const slow = dial(Number(port), hostname);
    let text = '';
    slow.on('data', (chunk) => (text += chunk.toString('utf8')));
    slow.write(`GET /v2.0/l2-events?noun=port HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
    await eventually(() => expect(text).toMatch(/retry: 2000/));
    slow.pause();
    const quick = await open('?noun=port');
    const name = 'x'.repeat(1000);
    const flood = { noun: 'port', change: 'updated', at: new Date().toISOString(), id: name };
    for (let n = 0; n < 40; n += 1) {
      for (let m = 0; m < 1000; m += 1) bus.publish(l2Event.subject('port'), JSON.stringify({ ...flood, revision: n }));
      await bus.flush();
    }
    const marker = await gateway('after the flood', 'tor-1');
    expect(marker).not.toBe('');
    await eventually(() => expect(quick.events.length).toBeGreaterThan(0));
    slow.resume();
    await eventually(() => expect(text).toMatch(/\nevent: overflow\ndata: .*list again/));
    slow.destroy();
  });

  it('of a noun that there is not are refused', async () => {
    const answer = await cloud.api.request('GET', '/v2.0/l2-events?noun=conection');
    expect(answer).toMatchObject({ status: 400, body: { NeutronError: { type: 'HTTPBadRequest' } } });
  });

  it('are for so many readers as the replica may have; others are sent away until one goes', async () => {
    const replica = await cloud.startApi({ L2GW_MOST_WAITERS: '1' });
    const first = await EventReader.open(replica.url);
    const second = await fetch(`${replica.url}/v2.0/l2-events`);
    expect([second.status, second.headers.get('Retry-After')]).toEqual([503, '5']);
    expect(await second.json()).toMatchObject({ NeutronError: { type: 'TooManyWaiters' } });
    expect((await fetch(`${replica.url}/v2.0/l2-events`, { method: 'HEAD' })).status).toBe(200);
    first.close();
    const next = await eventually(() => EventReader.open(replica.url));
    next.close();
    await cloud.replicas.pop()?.stop();
  });

  it('may have been lost while the bus was away, and readers are told to list again', async () => {
    const reader = await open('?noun=gateway');
    await cloud.nats.kill();
    await cloud.nats.restart();
    await reader.sees({ noun: 'feed', change: 'resync' });
    const id = await eventually(async () => {
      const made = await gateway('after', 'tor-1');
      await reader.sees({ id: made, change: 'created' });
      return made;
    });
    expect(id).not.toBe('');
  });

  it('go on when the replica that tells of statuses has died; readers of the others are told to list again', async () => {
    const active = cloud.replicas.findIndex(
      (replica) =>
        replica.events.findLast((each) => /^compiler-(in)?active$/.test(each.event))?.event === 'compiler-active',
    );
    expect(active).toBeGreaterThanOrEqual(0);
    const reader = await open('', 1 - active);
    const [killed] = cloud.replicas.splice(active, 1);
    await killed?.kill();
    await reader.sees({ noun: 'feed', change: 'resync' });
    const { id: network_id } = await cloud.api.createNetwork();
    const connection = await cloud.api.connect(await gateway('later', 'tor-1'), network_id, 300);
    await reader.sees({ noun: 'connection', change: 'status', id: connection, status: 'ACTIVE' });
  });

  it('end when the replica is stopped', async () => {
    const reader = await open();
    await cloud.replicas.pop()?.stop();
    await eventually(() => expect(reader.ended).toBe(true));
  });
});
