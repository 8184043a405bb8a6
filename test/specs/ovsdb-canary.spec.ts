import { insert, type Json, MessageSplitter, MonitorSilent, MONITOR_METHODS } from '@l2gw/ovsdb';
import { eventually } from '../harness/eventually.js';
import { type OvsdbServer, startOvsdbServer } from '../harness/ovsdb-server.js';
import { startTcpProxy, type TcpProxy } from '../harness/tcp-proxy.js';
import { addNetwork, Clients, contentOf, next, whenLive } from './ovsdb-world.js';

describe('A monitor that falls silent in a session that lives', () => {
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

  /** Everything but updates comes through. */
  function dropUpdates(): void {
    const splitter = new MessageSplitter();
    proxy.filter((chunk, direction) => {
      if (direction === 'toServer') return chunk;
      const kept: Buffer[] = [];
      splitter.push(chunk, (message) => {
        if (!/"method":"update\d?"/.test(message.toString())) kept.push(message);
      });
      return Buffer.concat(kept);
    });
  }

  it('is noticed when somebody else writes, and the next session shows what was missed', async () => {
    const client = await clients.connect(viaProxy, { canaryIntervalMs: 100 });
    const other = await clients.connect(server.unixEndpoint);
    dropUpdates();
    const down = next(client.onDown.bind(client));
    await addNetwork(other, 'network-1');
    expect((await down).reason).toEqual(new MonitorSilent('updates do not arrive any more'));
    proxy.filter((chunk) => chunk);
    await whenLive(client);
    expect(contentOf(client.replica)).toEqual(contentOf(other.replica));
  });

  it.each(MONITOR_METHODS)('is noticed by a write of our own that %s does not tell of', async (method) => {
    const client = await clients.connect(viaProxy, { ownWriteGraceMs: 20, monitorMethods: [method] });
    dropUpdates();
    const down = next(client.onDown.bind(client));
    await client.transact([insert('Logical_Switch', { name: 'network-1' })]);
    expect((await down).reason).toMatchObject({
      name: MonitorSilent.name,
      message: 'a row of ours in Logical_Switch was committed, and no update told of it',
    });
    proxy.filter((chunk) => chunk);
    await whenLive(client);
    expect(client.replica.table('Logical_Switch').size).toBe(1);
  });

  it('is noticed when the server has forgotten it', async () => {
    const client = await clients.connect(viaProxy, { canaryIntervalMs: 100 });
    const down = next(client.onDown.bind(client));
    const cancel: Json = { id: 'spec', method: 'monitor_cancel', params: ['monitor_cond_since'] };
    proxy.filter((chunk, direction) => {
      if (direction === 'toClient') return chunk;
      proxy.filter((each) => each);
      return Buffer.concat([chunk, Buffer.from(JSON.stringify(cancel))]);
    });
    expect((await down).reason).toEqual(new MonitorSilent('the server has dropped the monitor'));
    await whenLive(client);
  });

  it('is not suspected while it delivers; looking writes nothing', async () => {
    let asked = 0;
    proxy.filter((chunk, direction) => {
      if (direction === 'toServer' && chunk.includes('monitor_cancel')) asked += 1;
      return chunk;
    });
    const client = await clients.connect(viaProxy, { canaryIntervalMs: 10, ownWriteGraceMs: 0 });
    const downs: unknown[] = [];
    client.onDown((info) => downs.push(info));
    const other = await clients.connect(server.unixEndpoint);
    const seen: unknown[] = [];
    const { ls } = await addNetwork(client, 'network-1');
    await eventually(() => expect(other.replica.table('Logical_Switch').has(ls)).toBe(true));
    other.replica.onChange((change) => seen.push(change));
    const before = await server.dump();
    await eventually(() => expect(asked).toBeGreaterThan(20));
    expect(downs).toEqual([]);
    expect(seen).toEqual([]);
    expect(await server.dump()).toBe(before);
  });

  it('is not suspected for a row that was gone again before anybody looked', async () => {
    const client = await clients.connect(viaProxy, { canaryIntervalMs: 20, ownWriteGraceMs: 0 });
    const downs: unknown[] = [];
    client.onDown((info) => downs.push(info));
    for (let round = 0; round < 50; round += 1) {
      await client.transact([
        insert('Logical_Switch', { name: 'for a moment' }),
        { op: 'delete', table: 'Logical_Switch', where: [['name', '==', 'for a moment']] },
      ]);
    }
    expect(downs).toEqual([]);
  });
});
