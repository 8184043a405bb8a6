import { type ChangeSet, deleteRows, MONITOR_METHODS, rowIs, setOf, update } from '@l2gw/ovsdb';
import { eventually } from '../harness/eventually.js';
import { type OvsdbServer, startOvsdbServer } from '../harness/ovsdb-server.js';
import { startTcpProxy } from '../harness/tcp-proxy.js';
import { addNetwork, bind, Clients, contentOf, named } from './ovsdb-world.js';

describe('A replica of a real hardware_vtep database', () => {
  const clients = new Clients();
  let server: OvsdbServer;

  beforeEach(async () => {
    server = await startOvsdbServer({
      physicalSwitches: [{ name: 'tor-{1}', tunnelIps: ['10.0.0.1', '10.0.0.2'], ports: ['eth1', 'eth2', 'eth3'] }],
    });
  });

  afterEach(async () => {
    await clients.stop();
    await server.stop();
  });

  it('uses the best method the server knows, and says who the server is', async () => {
    const { live } = await clients.connect(server.tcpEndpoint);
    expect(live).toMatchObject({ monitorMethod: 'monitor_cond_since', resumed: false, schema: { version: '1.7.0' } });
    expect(live?.serverId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is the same, and tells the same changes, by each of the three methods', async () => {
    const writer = await clients.connect(server.unixEndpoint);
    const followers = await Promise.all(
      MONITOR_METHODS.map((method) => clients.connect(server.tcpEndpoint, { monitorMethods: [method] })),
    );
    expect(followers.map(({ live }) => live?.monitorMethod)).toEqual(MONITOR_METHODS);
    const told = followers.map(({ replica }) => {
      const changes: ChangeSet[] = [];
      replica.onChange((each) => changes.push(each));
      return changes;
    });

    const port = named(writer.replica, 'Physical_Port', 'eth2').id;
    const tor = named(writer.replica, 'Physical_Switch', 'tor-{1}').id;
    const { ls, mac } = await addNetwork(writer, 'network "1" {');
    await bind(writer, port, [100, 200, 300], ls);
    const other = await addNetworkWithoutKey();
    await bind(writer, port, [200], other);
    await writer.transact([update('Physical_Switch', rowIs(tor), { tunnel_ips: setOf(['10.0.0.2', '10.0.0.3']) })]);
    await writer.transact([update('Logical_Switch', rowIs(ls), { tunnel_key: 6000 })]);
    await writer.transact([update('Logical_Switch', rowIs(ls), { tunnel_key: setOf([]) })]);
    await writer.transact([deleteRows('Ucast_Macs_Remote', rowIs(mac))]);
    await bind(writer, port, [300], other);
    await writer.transact([update('Physical_Switch', rowIs(tor), { description: 'the end' })]);

    for (const { replica } of followers) {
      await eventually(() => expect(named(replica, 'Physical_Switch', 'tor-{1}').row['description']).toBe('the end'));
      expect(contentOf(replica)).toEqual(contentOf(writer.replica));
    }
    const [since, cond, plain] = told.map((sets) => sets.map(({ changes }) => changes.map(({ uuid }) => uuid).sort()));
    expect(since).toHaveLength(10);
    expect(cond).toEqual(since);
    expect(plain).toEqual(since);
    const fresh = await clients.connect(server.tcpEndpoint);
    expect(contentOf(fresh.replica)).toEqual(contentOf(writer.replica));
    expect(named(fresh.replica, 'Physical_Port', 'eth2').row['vlan_bindings']).toEqual(
      new Map([
        [100, ls],
        [200, other],
        [300, other],
      ]),
    );

    async function addNetworkWithoutKey(): Promise<string> {
      const [added] = await writer.transact([{ op: 'insert', table: 'Logical_Switch', row: { name: 'second' } }]);
      return added.uuid;
    }
  });

  it('shows the effect of a transaction before its reply', async () => {
    const client = await clients.connect(server.tcpEndpoint);
    const { ls } = await addNetwork(client, 'network-1');
    expect(client.replica.table('Logical_Switch').get(ls)).toEqual({
      name: 'network-1',
      tunnel_key: 5000,
      other_config: new Map([['a', 'b']]),
    });
  });

  it('is the same when the network cuts every message into single bytes', async () => {
    const direct = await clients.connect(server.tcpEndpoint);
    await addNetwork(direct, 'smörgåsbord 😀 }{"');
    const proxy = await startTcpProxy({ port: server.tcpPort });
    proxy.splitBytes(1);
    const split = await clients.connect(`tcp:127.0.0.1:${proxy.port}`);
    expect(contentOf(split.replica)).toEqual(contentOf(direct.replica));
    await proxy.stop();
  });

  it('leaves out what the server does not have, and says so', async () => {
    const selection = { Logical_Switch: ['name', 'colour'], Wormhole: ['end'] };
    const { live, replica } = await clients.connect(server.tcpEndpoint, { selection });
    expect(live?.missing).toEqual({ tables: ['Wormhole'], columns: [{ table: 'Logical_Switch', column: 'colour' }] });
    expect(replica.table('Wormhole').size).toBe(0);
  });

  it('can be asked for rows that it does not follow', async () => {
    const client = await clients.connect(server.tcpEndpoint, { selection: {} });
    const ports = await client.select('Physical_Port', [['name', '==', 'eth1']], ['name', 'vlan_bindings']);
    expect([...ports.values()]).toEqual([{ name: 'eth1', vlan_bindings: new Map() }]);
  });
});
