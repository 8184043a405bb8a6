/** The world of a whole-path benchmark: a cloud of real parts, with PostgreSQL as durable as in production (fsync on). */
import { type Cloud, startCloud } from '../../test/harness/cloud.js';
import { eventually } from '../../test/harness/eventually.js';
import { startOwnPostgres } from '../../test/harness/postgres.js';

export interface World {
  readonly cloud: Cloud;
  stop(): Promise<void>;
}

export async function startWorld(name: string, switches: readonly string[]): Promise<World> {
  const postgres = await startOwnPostgres({ fsync: true });
  const cloud = await startCloud({
    name,
    databaseUrl: await postgres.createDatabase(name),
    switches: switches.map((each, index) => ({
      name: each,
      tunnelIps: [`10.1.0.${index + 1}`],
      ports: ['Ethernet1', 'Ethernet2'],
    })),
    api: { L2GW_DATABASE_POOL: '32' },
  });
  for (const each of switches) {
    await eventually(async () => {
      const { l2_switch } = (await cloud.api.get(`/v2.0/l2-switches/${each}`)) as { l2_switch: { ports: unknown[] } };
      if (l2_switch.ports.length < 2) throw new Error(`${each} has not reported its ports`);
    });
  }
  const stop = async (): Promise<void> => {
    await cloud.stop();
    await postgres.stop();
  };
  return { cloud, stop };
}

const HOSTS = 20;

/** Twenty hosts with a VTEP each. */
export async function registerHosts(cloud: Cloud): Promise<void> {
  for (let host = 1; host <= HOSTS; host += 1) await cloud.api.registerHost(`host-${host}`, `10.0.0.${host}`);
}

/** A network with so many bound ports, made in bulks. */
export async function networkWithPorts(cloud: Cloud, ports: number): Promise<string> {
  const { id } = await cloud.api.createNetwork();
  for (let first = 0; first < ports; first += 1000) {
    const bodies = Array.from({ length: Math.min(1000, ports - first) }, (_, index) => portBody(id, first + index));
    await cloud.api.post('/v2.0/ports', { ports: bodies });
  }
  return id;
}

export function portBody(network_id: string, index: number): Record<string, unknown> {
  return {
    network_id,
    mac_address: macOf(index),
    fixed_ips: [{ ip_address: `${10 + (index >> 24)}.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}` }],
    'binding:host_id': `host-${(index % HOSTS) + 1}`,
  };
}

export function macOf(index: number): string {
  return `02:00:${[24, 16, 8, 0].map((shift) => ((index >> shift) & 255).toString(16).padStart(2, '0')).join(':')}`;
}

export async function untilStatus(cloud: Cloud, connection: string, status: string, timeoutMs: number): Promise<void> {
  await eventually(
    async () => {
      const now = await cloud.api.statusOf(connection);
      if (now !== status) throw new Error(now);
    },
    { timeoutMs },
  );
}
