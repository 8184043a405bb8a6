import {
  abort,
  type Connection,
  ConstraintViolation,
  deleteRows,
  EVERY_ROW,
  expectRows,
  insert,
  InvalidOperation,
  mapOf,
  namedUuid,
  QueueFull,
  ReferentialIntegrityViolation,
  RequestAborted,
  rowIs,
  RpcError,
  select,
  TransactRefused,
  update,
  uuid,
  WaitTimedOut,
} from '@l2gw/ovsdb';
import { type OvsdbServer, startOvsdbServer } from '../harness/ovsdb-server.js';
import { addNetwork, bind, Clients, named } from './ovsdb-world.js';

describe('A transaction', () => {
  const clients = new Clients();
  let server: OvsdbServer;
  let client: Connection;

  beforeEach(async () => {
    server = await startOvsdbServer({
      physicalSwitches: [{ name: 'tor-1', tunnelIps: ['10.0.0.1'], ports: ['eth1'] }],
    });
    client = await clients.connect(server.tcpEndpoint);
  });

  afterEach(async () => {
    await clients.stop();
    await server.stop();
  });

  it('refers to the rows that it inserts by their names', async () => {
    const { ls, locator, mac } = await addNetwork(client, 'network-1');
    expect(client.replica.table('Ucast_Macs_Remote').get(mac)).toMatchObject({ logical_switch: ls, locator });
  });

  it('fails in the commit, behind all its good results, when it would leave a reference to nothing', async () => {
    const { ls } = await addNetwork(client, 'network-1');
    const refused = client.transact([deleteRows('Logical_Switch', rowIs(ls))]);
    await expect(refused).rejects.toBeInstanceOf(ReferentialIntegrityViolation);
    await expect(refused).rejects.toMatchObject({ operation: undefined, retryable: true });
    expect(client.replica.table('Logical_Switch').has(ls)).toBe(true);
  });

  it('fails in the commit when it breaks an index', async () => {
    const twins = ['twin', 'twin'].map((name) => insert('Logical_Switch', { name }));
    await expect(client.transact(twins)).rejects.toBeInstanceOf(ConstraintViolation);
  });

  it('fails as a whole at the operation that cannot be right', async () => {
    const operations = [insert('Logical_Switch', { name: 'a' }), insert('Logical_Switch', { colour: 'red' })];
    const refused = client.transact(operations);
    await expect(refused).rejects.toBeInstanceOf(InvalidOperation);
    await expect(refused).rejects.toMatchObject({ operation: 1, error: 'unknown column', retryable: false });
    await expect(client.transact([insert('Logical_Switch', { name: 'a' }), abort()])).rejects.toBeInstanceOf(
      TransactRefused,
    );
    expect(client.replica.table('Logical_Switch').size).toBe(0);
  });

  it('fails when the rows are not what it was told to expect', async () => {
    const port = named(client.replica, 'Physical_Port', 'eth1').id;
    const { ls } = await addNetwork(client, 'network-1');
    await bind(client, port, [100], ls);
    const asExpected = expectRows(
      'Physical_Port',
      rowIs(port),
      ['vlan_bindings'],
      [{ vlan_bindings: mapOf([[100, uuid(ls)]]) }],
    );
    await client.transact([asExpected]);
    await bind(client, port, [200], ls);
    await expect(client.transact([asExpected])).rejects.toBeInstanceOf(WaitTimedOut);
  });

  it('answers every operation with its own kind of result', async () => {
    const [added, counted, selected] = await client.transact([
      insert('Logical_Switch', { name: 'network-1' }),
      update('Logical_Switch', EVERY_ROW, { tunnel_key: 5 }),
      select('Logical_Switch', EVERY_ROW, ['_uuid', 'tunnel_key']),
    ]);
    expect(counted.count).toBe(1);
    expect(selected.rows).toEqual([{ _uuid: ['uuid', added.uuid], tunnel_key: 5 }]);
  });

  it('goes with four in flight, a hundred rows each, and every row arrives', async () => {
    const { ls, locator } = await addNetwork(client, 'network-1');
    const batch = (number: number) =>
      Array.from({ length: 100 }, (_, row) =>
        insert('Ucast_Macs_Remote', {
          MAC: macOf(number * 100 + row),
          logical_switch: uuid(ls),
          locator: uuid(locator),
        }),
      );
    const results = await Promise.all(Array.from({ length: 20 }, (_, number) => client.transact(batch(number))));
    expect(results.flat()).toHaveLength(2000);
    expect(client.replica.table('Ucast_Macs_Remote').size).toBe(2001);
    for (const { uuid: id } of results.flat()) expect(client.replica.table('Ucast_Macs_Remote').has(id)).toBe(true);
  });

  it('is refused here when too many are waiting, and can be given up', async () => {
    const busy = await clients.connect(server.tcpEndpoint, { maxInFlight: 1, maxQueued: 1 });
    const giveUp = new AbortController();
    const never = { ...expectRows('Logical_Switch', EVERY_ROW, ['name'], [{ name: 'never' }]), timeout: 60_000 };
    const both = [never, never].map((wait) => busy.transact([wait], { signal: giveUp.signal }));
    await expect(busy.transact([])).rejects.toBeInstanceOf(QueueFull);
    giveUp.abort();
    const ends = await Promise.allSettled(both);
    expect(ends).toMatchObject([{ reason: { outcome: 'unknown' } }, { reason: { outcome: 'not-sent' } }]);
    for (const end of ends) expect(end).toMatchObject({ reason: { name: RequestAborted.name } });
    await busy.transact([insert('Logical_Switch', { name: 'the session goes on' })]);
  });

  it('that is no transaction at all is an error of the request', async () => {
    const wrong = [{ op: 'insert', table: 'Logical_Switch', row: { name: namedUuid('nobody') } }] as const;
    await expect(client.transact(wrong)).rejects.toBeInstanceOf(InvalidOperation);
    await expect(client.transact([{ op: 'comment' } as never])).rejects.not.toBeInstanceOf(RpcError);
  });
});

function macOf(number: number): string {
  return [2, 0, number >> 24, number >> 16, number >> 8, number]
    .map((byte) => (byte & 255).toString(16).padStart(2, '0'))
    .join(':');
}
