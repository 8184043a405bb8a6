import { join } from 'node:path';
import { type ChangeSet, insert, rowIs, update } from '@l2gw/ovsdb';
import { binary, vtepSchema } from '../harness/binaries.js';
import { eventually } from '../harness/eventually.js';
import { type OvsdbServer, startOvsdbServer } from '../harness/ovsdb-server.js';
import { runTool } from '../harness/run-tool.js';
import { startTcpProxy, type TcpProxy } from '../harness/tcp-proxy.js';
import { removeDirectory, temporaryDirectory } from '../harness/temporary-directory.js';
import { addNetwork, Clients, contentOf, next } from './ovsdb-world.js';

/** A server keeps no longer a history than its database is large. */
const MANY_ROWS = Array.from({ length: 50 }, (_, number) => insert('Logical_Switch', { name: `filler-${number}` }));

describe('A server that keeps a history', () => {
  const clients = new Clients();
  let dir: string;
  let server: OvsdbServer;
  let proxy: TcpProxy;

  beforeEach(async () => {
    dir = await temporaryDirectory('ovsdb-cluster');
    const db = join(dir, 'clustered.db');
    await runTool(binary('ovsdb-tool'), ['create-cluster', db, vtepSchema(), `unix:${join(dir, 'raft.sock')}`]);
    server = await startOvsdbServer({ dir, db });
    proxy = await startTcpProxy({ port: server.tcpPort });
  });

  afterEach(async () => {
    await clients.stop();
    await proxy.stop();
    await server.stop();
    await removeDirectory(dir);
  });

  it('continues where the replica stood', async () => {
    const writer = await clients.connect(server.unixEndpoint);
    const { ls } = await addNetwork(writer, 'network-1');
    await writer.transact(MANY_ROWS);
    const reader = await clients.connect(`tcp:127.0.0.1:${proxy.port}`);
    expect(reader.live?.resumed).toBe(false);
    await writer.transact([update('Logical_Switch', rowIs(ls), { tunnel_key: 6 })]);
    await eventually(() => expect(contentOf(reader.replica)).toEqual(contentOf(writer.replica)));
    await proxy.refuse();
    const down = next(reader.onDown.bind(reader));
    proxy.cut();
    await down;
    await writer.transact([
      update('Logical_Switch', rowIs(ls), { tunnel_key: 7 }),
      insert('Logical_Switch', { name: 'new' }),
    ]);
    const told = next<ChangeSet>((listener) => reader.replica.onChange(listener));
    const live = next(reader.onLive.bind(reader));
    await proxy.accept();
    expect((await live).resumed).toBe(true);
    expect(await told).toMatchObject({ cause: 'update', changes: [{}, {}] });
    expect(contentOf(reader.replica)).toEqual(contentOf(writer.replica));
  });
});
