/** What the specs of the OVSDB client share: a database worth following, and connections that are ended. */
import {
  Connection,
  type ConnectionOptions,
  type LiveInfo,
  type Replica,
  type Row,
  type Value,
  insert,
  mapOf,
  mutate,
  namedUuid,
  parseEndpoint,
  rowIs,
  setOf,
  uuid,
} from '@l2gw/ovsdb';
import { eventually } from '../harness/eventually.js';

/** One column of every shape: scalar, optional, set, map, references. */
export const SELECTION = {
  Physical_Switch: ['name', 'description', 'tunnel_ips', 'ports'],
  Physical_Port: ['name', 'vlan_bindings'],
  Logical_Switch: ['name', 'tunnel_key', 'other_config'],
  Physical_Locator: ['dst_ip', 'encapsulation_type'],
  Ucast_Macs_Remote: ['MAC', 'logical_switch', 'locator', 'ipaddr'],
} as const;

export const QUICK = { backoff: { firstMs: 10, ceilingMs: 100, stableMs: 10_000 } } as const;

/** Connections of one spec; ended with it. */
export class Clients {
  private readonly open: Connection[] = [];

  async connect(endpoint: string, options: Partial<ConnectionOptions> = {}): Promise<Connection> {
    const connection = this.begin(endpoint, options);
    await whenLive(connection);
    return connection;
  }

  begin(endpoint: string, options: Partial<ConnectionOptions> = {}): Connection {
    const standard = { dbName: 'hardware_vtep', selection: SELECTION, ...QUICK };
    const connection = new Connection({ ...standard, ...options, endpoint: parseEndpoint(endpoint) });
    this.open.push(connection);
    connection.start();
    return connection;
  }

  async stop(): Promise<void> {
    await Promise.all(this.open.splice(0).map((each) => each.stop()));
  }
}

export function whenLive(connection: Connection): Promise<LiveInfo> {
  return eventually(() => {
    if (connection.live === undefined) throw new Error('the connection is not live');
    return connection.live;
  });
}

/** Resolves with the next thing that a listener is told. Subscribes at once. */
export function next<Event>(subscribe: (listener: (event: Event) => void) => () => void): Promise<Event> {
  return new Promise((resolve) => {
    const off = subscribe((event) => {
      off();
      resolve(event);
    });
  });
}

/** A logical switch with one remote MAC behind one locator. Answers their identities. */
export async function addNetwork(
  client: Connection,
  name: string,
): Promise<{ ls: string; locator: string; mac: string }> {
  const [ls, locator, mac] = await client.transact([
    insert('Logical_Switch', { name, tunnel_key: 5000, other_config: mapOf([['a', 'b']]) }, { name: 'ls' }),
    insert('Physical_Locator', { dst_ip: '10.0.0.9', encapsulation_type: 'vxlan_over_ipv4' }, { name: 'locator' }),
    insert('Ucast_Macs_Remote', {
      MAC: '02:00:00:00:00:01',
      logical_switch: namedUuid('ls'),
      locator: namedUuid('locator'),
    }),
  ]);
  return { ls: ls.uuid, locator: locator.uuid, mac: mac.uuid };
}

export function bind(client: Connection, port: string, vlans: readonly number[], ls: string) {
  const pairs = vlans.map((vlan) => [vlan, uuid(ls)] as const);
  return client.transact([
    mutate('Physical_Port', rowIs(port), [
      ['vlan_bindings', 'delete', setOf(vlans)],
      ['vlan_bindings', 'insert', mapOf(pairs)],
    ]),
  ]);
}

/** The row with this name; fails if there is none. */
export function named(replica: Replica, table: string, name: string): { readonly id: string; readonly row: Row } {
  for (const [id, row] of replica.table(table)) if (row['name'] === name) return { id, row };
  throw new Error(`${table} has no row named ${name}`);
}

/** Everything a replica holds, with sets in one order: equal content, equal value. */
export function contentOf(replica: Replica): unknown {
  const tables = Object.keys(SELECTION).map((table) => {
    const rows = [...replica.table(table)].map(([id, row]) => [id, sortedSets(row)] as const);
    return [table, Object.fromEntries(rows)] as const;
  });
  return Object.fromEntries(tables);
}

function sortedSets(row: Row): Record<string, Value> {
  const columns = Object.entries(row).map(([name, value]) => [name, Array.isArray(value) ? [...value].sort() : value]);
  return Object.fromEntries(columns);
}
