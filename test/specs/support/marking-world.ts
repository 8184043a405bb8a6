/** A database with facts that are marked, and a compiler's connection that takes the marks. */
import { randomUUID } from 'node:crypto';
import { type Bus, connectBus } from '@l2gw/bus';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { CompilerConnection } from '../../../apps/api/src/compiling/compiler-connection.js';
import { CompilerCall } from '../../../apps/api/src/database/compiler-call.js';
import { createDataSource } from '../../../apps/api/src/database/data-source.js';
import { Facts, type Mark } from '../../../apps/api/src/database/facts.js';
import { Events } from '../../../apps/api/src/events/events.js';
import { type NatsServer, startNatsServer } from '../../harness/nats-server.js';
import { createDatabase } from '../../harness/shared-postgres.js';

export interface StoredList {
  readonly lane: number;
  readonly table: string;
  readonly keys: readonly string[];
}

export class MarkingWorld {
  readonly facts: Facts;

  private constructor(
    private readonly url: string,
    readonly database: DataSource,
    readonly compiler: CompilerConnection,
    private readonly bus: { readonly server: NatsServer; readonly client: Bus },
  ) {
    this.facts = new Facts(database, new CompilerCall(bus.client), new Events(bus.client));
  }

  static async start(): Promise<MarkingWorld> {
    const settings = { url: await createDatabase('marks'), connections: 2 };
    const database = createDataSource(settings);
    await database.initialize();
    await database.runMigrations();
    await database.query(
      `INSERT INTO host (id, host, agent_type, binary_name, topic, admin_state_up, configurations, vtep_ip)
       VALUES (gen_random_uuid(), 'host-1', 'agent', '', '', true, '{}', '10.0.0.11')`,
    );
    const compiler = await CompilerConnection.acquire(settings, () => undefined);
    if (compiler === undefined) throw new Error('somebody else compiles');
    const server = await startNatsServer();
    return new MarkingWorld(settings.url, database, compiler, {
      server,
      client: await connectBus({ servers: [server.url], client: 'marks' }),
    });
  }

  async stop(): Promise<void> {
    await this.bus.client.close();
    await this.bus.server.stop();
    await this.compiler.close();
    await this.database.destroy();
  }

  /** In one transaction. */
  mark(...marks: readonly Mark[]): Promise<void> {
    return this.facts.commit(async (tx) => tx.mark(...marks));
  }

  /** More sessions, for transactions side by side. */
  sessions(count: number): Promise<readonly Client[]> {
    const connected = async (): Promise<Client> => {
      const client = new Client({ connectionString: this.url });
      await client.connect();
      return client;
    };
    return Promise.all(Array.from({ length: count }, connected));
  }

  waiting(): Promise<readonly StoredList[]> {
    return this.database.query(
      'SELECT lane, table_name AS table, keys FROM dirty_mark ORDER BY xid, table_name, cardinality(keys) DESC',
    );
  }

  /** A network with a port that speaks with these MACs. Answers its id. */
  async networkWith(macs: readonly string[]): Promise<string> {
    const [network, port] = [randomUUID(), randomUUID()];
    await this.database.query(
      `INSERT INTO network (id, name, description, project_id, admin_state_up, shared, external, mtu, segments)
       VALUES ($1, '', '', 'p', true, false, false, 1500, '[]')`,
      [network],
    );
    await this.database.query(
      `INSERT INTO port (id, network_id, name, description, project_id, mac_address, fixed_ips, allowed_address_pairs, host_id, vnic_type,
         profile, device_id, device_owner, admin_state_up, claim)
       VALUES ($1, $2, '', '', 'p', $3, '[]', '[]', 'host-1', 'normal', '{}', '', '', true, nextval('claim_sequence'))`,
      [port, network, macs[0]],
    );
    await this.database.query(
      `INSERT INTO port_mac (port_id, network_id, mac, ips) SELECT $1, $2, unnest($3::text[]), '{192.0.2.1}'`,
      [port, network, macs],
    );
    return network;
  }

  /** Nobody can compile it from now on. */
  async spoil(network: string, mac: string): Promise<void> {
    await this.database.query(`UPDATE port_mac SET ips = '{nonsense}' WHERE network_id = $1 AND mac = $2`, [
      network,
      mac,
    ]);
  }

  /** MACs of the network that the compiler has derived. */
  async derived(network: string): Promise<readonly string[]> {
    const rows: { mac: string }[] = await this.database.query(
      `SELECT substr(key, 5) AS mac FROM derived_row WHERE table_name = 'network/' || $1 AND key LIKE 'mac/%' ORDER BY key`,
      [network],
    );
    return rows.map((row) => row.mac);
  }
}
