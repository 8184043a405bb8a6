import {
  type ChangeSet,
  deleteRows,
  DialError,
  Disconnected,
  insert,
  ProbeTimeout,
  rowIs,
  RpcError,
  update,
} from '@l2gw/ovsdb';
import { eventually } from '../harness/eventually.js';
import { type OvsdbServer, startOvsdbServer } from '../harness/ovsdb-server.js';
import { startTcpProxy, type TcpProxy } from '../harness/tcp-proxy.js';
import { addNetwork, Clients, contentOf, named, next, whenLive } from './ovsdb-world.js';

describe('A connection that is lost', () => {
  const clients = new Clients();
  let server: OvsdbServer;
  let proxy: TcpProxy;
  let viaProxy: string;

  beforeEach(async () => {
    server = await startOvsdbServer({
      physicalSwitches: [{ name: 'tor-1', tunnelIps: ['10.0.0.1'], ports: ['eth1'] }],
    });
    proxy = await startTcpProxy({ port: server.tcpPort });
    viaProxy = `tcp:127.0.0.1:${proxy.port}`;
  });

  afterEach(async () => {
    await clients.stop();
    await proxy.stop();
    await server.stop();
  });

  it('keeps its replica readable, and catches up with what really changed meanwhile', async () => {
    const writer = await clients.connect(server.unixEndpoint);
    const { ls, mac } = await addNetwork(writer, 'network-1');
    const reader = await clients.connect(viaProxy);
    await proxy.refuse();
    const down = next(reader.onDown.bind(reader));
    proxy.cut();
    expect((await down).failures).toBe(1);
    expect(reader.replica.live).toBe(false);
    expect(reader.replica.table('Ucast_Macs_Remote').has(mac)).toBe(true);

    const [added] = await writer.transact([
      insert('Logical_Switch', { name: 'network-2' }),
      update('Logical_Switch', rowIs(ls), { tunnel_key: 7 }),
      deleteRows('Ucast_Macs_Remote', rowIs(mac)),
    ]);
    const caughtUp = next<ChangeSet>((listener) => reader.replica.onChange(listener));
    await proxy.accept();
    const { cause, changes } = await caughtUp;
    expect(cause).toBe('snapshot');
    const summary = changes.map(({ table, uuid, before, after }) => [
      table,
      uuid,
      before !== undefined,
      after !== undefined,
    ]);
    expect(summary).toHaveLength(4);
    expect(summary).toEqual(
      expect.arrayContaining([
        ['Logical_Switch', added.uuid, false, true],
        ['Logical_Switch', ls, true, true],
        ['Ucast_Macs_Remote', mac, true, false],
        ['Physical_Locator', expect.any(String), true, false],
      ]),
    );
    await whenLive(reader);
    expect(contentOf(reader.replica)).toEqual(contentOf(writer.replica));
  });

  it('finds the same content, and changes nothing, when the server was restarted', async () => {
    const client = await clients.connect(server.tcpEndpoint);
    await addNetwork(client, 'network-1');
    const before = { id: client.live?.serverId, content: contentOf(client.replica) };
    const changes: ChangeSet[] = [];
    client.replica.onChange((each) => changes.push(each));
    const again = next(client.onLive.bind(client));
    await server.restart();
    expect((await again).serverId).not.toBe(before.id);
    expect(contentOf(client.replica)).toEqual(before.content);
    expect(changes).toEqual([]);
  });

  it('finds every row gone when the switch was reset', async () => {
    const client = await clients.connect(server.tcpEndpoint);
    const { ls } = await addNetwork(client, 'network-1');
    const gone = next<ChangeSet>((listener) => client.replica.onChange(listener));
    await server.wipe();
    const { changes } = await gone;
    expect(changes.every(({ after }) => after === undefined)).toBe(true);
    expect(changes.map(({ uuid }) => uuid)).toContain(ls);
    expect(client.replica.table('Logical_Switch').size).toBe(0);
  });

  it('in the middle of a message begins anew, with nothing of the half message in the replica', async () => {
    const reader = await clients.connect(viaProxy);
    const writer = await clients.connect(server.unixEndpoint);
    proxy.filter((chunk, direction) => {
      if (direction === 'toServer') return chunk;
      proxy.filter((each) => each);
      setImmediate(() => proxy.cut());
      return chunk.subarray(0, chunk.length / 2);
    });
    const down = next(reader.onDown.bind(reader));
    await addNetwork(writer, 'network-1');
    await down;
    expect(reader.replica.table('Logical_Switch').size).toBe(0);
    await whenLive(reader);
    expect(contentOf(reader.replica)).toEqual(contentOf(writer.replica));
  });

  it('leaves a transaction that was sent of unknown outcome, and says so', async () => {
    const client = await clients.connect(viaProxy);
    proxy.pause('toClient');
    const lost = client.transact([insert('Logical_Switch', { name: 'executed all the same' })]);
    const seen = expect(lost).rejects.toMatchObject({ name: Disconnected.name, outcome: 'unknown' });
    await eventually(async () => expect(await server.dump()).toMatch(/executed all the same/));
    await proxy.refuse();
    proxy.cut();
    await seen;
    await expect(client.transact([])).rejects.toMatchObject({ name: Disconnected.name, outcome: 'not-sent' });
    proxy.resume();
    await proxy.accept();
    await whenLive(client);
    expect(named(client.replica, 'Logical_Switch', 'executed all the same')).toBeDefined();
  });

  it('is noticed by its silence, although TCP says nothing', async () => {
    const client = await clients.connect(viaProxy, { probeIntervalMs: 50 });
    const down = next(client.onDown.bind(client));
    proxy.pause();
    expect((await down).reason).toBeInstanceOf(ProbeTimeout);
    proxy.resume();
    await whenLive(client);
  });

  it('is not given up while nobody answers, and stops when told to', async () => {
    await proxy.refuse();
    const client = clients.begin(viaProxy);
    const first = await next(client.onDown.bind(client));
    const second = await next(client.onDown.bind(client));
    expect(first.reason).toBeInstanceOf(DialError);
    expect([first.failures, second.failures]).toEqual([1, 2]);
    await proxy.accept();
    await whenLive(client);
    const last = next(client.onDown.bind(client));
    await client.stop();
    expect((await last).retryInMs).toBeUndefined();
    expect(client.live).toBeUndefined();
  });

  it('says what the server said, when there is no such database', async () => {
    const client = clients.begin(server.tcpEndpoint, { dbName: 'no_such_database' });
    const { reason } = await next(client.onDown.bind(client));
    expect(reason).toBeInstanceOf(RpcError);
    expect(reason.message).toMatch(/unknown database/);
  });
});
