import { insert, uuid } from '@l2gw/ovsdb';
import { eventually } from '../harness/eventually.js';
import { type OvsdbServer, startOvsdbServer } from '../harness/ovsdb-server.js';
import { addNetwork, Clients, next } from './ovsdb-world.js';

const ROWS = 100_000;
const BATCH = 1000;

describe('A database of 100 000 rows', () => {
  const clients = new Clients();
  let server: OvsdbServer;

  beforeAll(async () => {
    server = await startOvsdbServer();
  });

  afterAll(async () => {
    await clients.stop();
    await server.stop();
  });

  it('is loaded as one snapshot, and found unchanged after a reconnect', async () => {
    const writer = await clients.connect(server.tcpEndpoint);
    const { ls, locator } = await addNetwork(writer, 'network-1');
    const row = (number: number) => ({
      MAC: `02:00:01:${number.toString(16).padStart(6, '0').replace(/../g, '$&:').slice(0, -1)}`,
      logical_switch: uuid(ls),
      locator: uuid(locator),
      ipaddr: `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`,
    });
    const batches = Array.from({ length: ROWS / BATCH }, (_, batch) =>
      writer.transact(
        Array.from({ length: BATCH }, (__, each) => insert('Ucast_Macs_Remote', row(batch * BATCH + each))),
      ),
    );
    await Promise.all(batches);

    const reader = clients.begin(server.tcpEndpoint);
    await eventually(() => expect(reader.live).toBeDefined(), { timeoutMs: 60_000 });
    const macs = reader.replica.table('Ucast_Macs_Remote');
    expect(macs.size).toBe(ROWS + 1);
    expect(new Set([...macs.values()].map(({ MAC }) => MAC)).size).toBe(ROWS + 1);
    let changed = 0;
    reader.replica.onChange(({ changes }) => (changed += changes.length));
    const again = next(reader.onLive.bind(reader));
    await server.restart();
    expect((await again).resumed).toBe(false);
    expect(reader.replica.table('Ucast_Macs_Remote').size).toBe(ROWS + 1);
    expect(changed).toBe(0);
  }, 180_000);
});
