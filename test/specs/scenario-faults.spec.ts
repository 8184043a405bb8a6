import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';
import { startOwnPostgres, type OwnPostgres } from '../harness/postgres.js';
import { connectedCloud, MACS } from './support/connected-cloud.js';
import { watchWrites } from './support/watch-writes.js';

describe('A connected network', () => {
  let postgres: OwnPostgres;
  let cloud: Cloud;
  let world: Awaited<ReturnType<typeof connectedCloud>>;
  beforeAll(async () => {
    postgres = await startOwnPostgres();
    cloud = await startCloud({
      name: 'faults',
      databaseUrl: await postgres.createDatabase('faults'),
      replicas: 2,
      switches: [{ name: 'tor-1', tunnelIps: ['10.0.0.1'], ports: ['Ethernet1', 'Ethernet2'] }],
    });
    world = await connectedCloud(cloud, 'tor-1');
  });
  afterAll(async () => {
    await cloud?.stop();
    await postgres?.stop();
  });

  const macs = async () => (await cloud.tor('tor-1').remoteMacs(world.network)).map((each) => each.mac);
  const holds = (expected: readonly string[]) =>
    eventually(async () => expect(await macs()).toEqual([...expected].sort()));
  const active = () =>
    eventually(async () => expect(await cloud.clientOf(0).statusOf(world.connection)).toBe('ACTIVE'));

  it('costs not one write when its agent restarts', async () => {
    await active();
    const rows = await cloud.tor('tor-1').server.dump();
    const writes = await watchWrites(cloud.tor('tor-1').unixEndpoint);
    await cloud.stopAgent('tor-1');
    await cloud.startAgent('tor-1');
    await eventually(async () => expect(cloud.agent('tor-1').events.map((each) => each.event)).toContain('converged'));
    await active();
    expect(writes.seen).toEqual([]);
    await writes.stop();
    expect(await cloud.tor('tor-1').server.dump()).toBe(rows);
  });

  it('gets exactly what has changed while its agent was dead', async () => {
    await cloud.killAgent('tor-1');
    const port = await world.addMac('02:00:00:00:01:01');
    await cloud.startAgent('tor-1');
    await holds([...MACS, '02:00:00:00:01:01']);
    await cloud.api.delete(`/v2.0/ports/${port}`);
    await holds(MACS);
  });

  it('survives an agent that is killed in the middle of its work', async () => {
    const ports = await world.addMacs(500, '02:00:00:00:10:00');
    await cloud.killAgent('tor-1');
    await cloud.startAgent('tor-1');
    await holds([...MACS, ...ports.map((port) => port.mac)]);
    await Promise.all(ports.map((port) => cloud.api.delete(`/v2.0/ports/${port.id}`)));
    await holds(MACS);
  });

  it('is programmed again after the switch has lost its database', async () => {
    await cloud.tor('tor-1').server.wipe();
    await eventually(async () =>
      expect(await cloud.api.statusOf(world.connection)).toMatch(/SWITCH_NOT_FOUND|NOT_CONNECTED/),
    );
    await cloud.tor('tor-1').recreateInventory();
    await holds(MACS);
    await active();
  });

  it('follows changes again after nats-server was restarted', async () => {
    await cloud.nats.kill();
    const port = await world.addMac('02:00:00:00:02:01');
    await cloud.nats.restart();
    await holds([...MACS, '02:00:00:00:02:01']);
    await cloud.api.delete(`/v2.0/ports/${port}`);
    await holds(MACS);
  });

  it('follows changes again after PostgreSQL was killed and restarted; meanwhile the API says that it is not ready', async () => {
    await postgres.kill();
    await eventually(async () => expect((await cloud.api.request('GET', '/readyz')).status).toBe(503));
    expect(await macs()).toEqual([...MACS].sort());
    await postgres.restart();
    await eventually(async () => expect((await cloud.api.request('GET', '/readyz')).status).toBe(200));
    const port = await world.addMac('02:00:00:00:03:01');
    await holds([...MACS, '02:00:00:00:03:01']);
    await cloud.api.delete(`/v2.0/ports/${port}`);
    await holds(MACS);
  });

  it('is brought to its end by the other replica when the API is killed between commit and publication', async () => {
    const active = cloud.replicas.findIndex(
      (replica) =>
        replica.events.findLast((each) => /^compiler-(in)?active$/.test(each.event))?.event === 'compiler-active',
    );
    expect(active).toBeGreaterThanOrEqual(0);
    const [killed] = cloud.replicas.splice(active, 1);
    killed?.pause();
    const port = await world.addMac('02:00:00:00:04:01');
    await killed?.kill();
    await holds([...MACS, '02:00:00:00:04:01']);
    await cloud.api.delete(`/v2.0/ports/${port}`);
    await holds(MACS);
    await cloud.startApi();
  });

  it('is not ACTIVE again before the switch holds it again, however quickly it was disconnected and connected', async () => {
    const ports = await world.addMacs(300, '02:00:00:00:20:00');
    await holds([...MACS, ...ports.map((port) => port.mac)]);
    for (let round = 0; round < 3; round += 1) {
      await cloud.api.delete(`/v2.0/l2-gateway-connections/${world.connection}`);
      world = { ...world, connection: await cloud.api.connect(world.gateway, world.network, 100) };
      await active();
      expect(await macs()).toHaveLength(MACS.length + ports.length);
    }
    await Promise.all(ports.map((port) => cloud.api.delete(`/v2.0/ports/${port.id}`)));
    await holds(MACS);
  });

  it('shows a fault of its port, as the switch words it, until the fault is gone', async () => {
    await cloud.tor('tor-1').setPortFault('Ethernet1', ['invalid_vlan_map']);
    await eventually(async () =>
      expect(await cloud.api.statusOf(world.connection)).toBe('DEGRADED tor-1: PORT_FAULT Ethernet1: invalid_vlan_map'),
    );
    await cloud.tor('tor-1').setPortFault('Ethernet1', []);
    await active();
  });

  it('shows that its switch does not answer, and that it does again', async () => {
    await cloud.tor('tor-1').server.kill();
    await eventually(async () =>
      expect(await cloud.api.statusOf(world.connection)).toMatch(/^DEGRADED tor-1: NOT_CONNECTED/),
    );
    await cloud.tor('tor-1').server.restart();
    await active();
  });
});
