import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { vtepSchema } from '../harness/binaries.js';
import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';
import { removeDirectory, temporaryDirectory } from '../harness/temporary-directory.js';
import { EventReader } from './support/event-reader.js';

/** MACs that the switch `small` has room for. */
const ROOM = 4;
const SLOWLY = { timeoutMs: 60_000 };

describe('The status of a connection tells the truth', () => {
  let dir: string;
  let cloud: Cloud;
  const readers: EventReader[] = [];
  beforeAll(async () => {
    dir = await temporaryDirectory('schema');
    const tor = (name: string, n: number) => ({ name, tunnelIps: [`10.0.0.${n}`], ports: ['Ethernet1', 'Ethernet2'] });
    cloud = await startCloud({
      name: 'behind',
      replicas: 2,
      agent: { L2GW_OVSDB_PROBE_MS: '60000' },
      switches: [
        tor('slow', 1),
        { ...tor('small', 2), server: { schema: await smallSchema(dir) } },
        tor('plain', 3),
        tor('silent', 4),
      ],
    });
    await cloud.api.registerHost('host-1', '10.0.0.11');
    for (const name of ['slow', 'small', 'plain', 'silent']) {
      await eventually(async () => {
        const { l2_switch } = (await cloud.api.get(`/v2.0/l2-switches/${name}`)) as { l2_switch: { ports: unknown[] } };
        expect(l2_switch.ports).toHaveLength(2);
      });
    }
  });
  afterAll(async () => {
    for (const reader of readers) reader.close();
    await cloud?.stop();
    await removeDirectory(dir);
  });

  let vlan = 100;
  const connected = async (tor: string) => {
    const network = await cloud.api.createNetwork();
    const gateway = await cloud.api.createGateway(tor, [{ device_name: tor, interfaces: [{ name: 'Ethernet1' }] }]);
    const connection = await cloud.api.connect(gateway, network.id, (vlan += 1));
    await status(connection, /^ACTIVE$/);
    return { network: network.id, vni: network.vni, connection, vlan };
  };
  const status = (connection: string, expected: RegExp) =>
    eventually(async () => {
      for (const replica of [0, 1]) expect(await cloud.clientOf(replica).statusOf(connection)).toMatch(expected);
    }, SLOWLY);
  const addPort = (network_id: string, n: number) =>
    cloud.api.createPort({
      network_id,
      mac_address: `02:00:00:00:00:${n.toString(16).padStart(2, '0')}`,
      'binding:host_id': 'host-1',
    });
  const watch = async (connection: string) => {
    const reader = await EventReader.open(cloud.api.url, `?noun=connection&id=${connection}`);
    readers.push(reader);
    return reader;
  };

  /** Both wait for a time to be over, each with a switch of its own, and so side by side. */
  it.concurrent(
    'when a switch comes late with MACs: it is DEGRADED after ten seconds, and ACTIVE when it has caught up',
    async () => {
      const { network, connection } = await connected('slow');
      const reader = await watch(connection);
      await addPort(network, 1);
      await eventually(async () => expect(await cloud.tor('slow').remoteMacs(network)).toHaveLength(1));
      const begun = performance.now();
      cloud.tor('slow').server.pause();
      try {
        for (const n of [2, 3]) await addPort(network, n);
        expect(await cloud.api.statusOf(connection)).toBe('ACTIVE');
        await status(connection, /^DEGRADED slow: BEHIND 2 MACs have not come to the switch yet$/);
        expect(performance.now() - begun).toBeGreaterThan(10_000);
        await reader.sees({ status: 'DEGRADED' });
        const { l2_explanations } = (await cloud.api.get(
          `/v2.0/l2-explain?mac=02:00:00:00:00:02&network=${network}`,
        )) as { l2_explanations: { switches: object[] }[] };
        expect(l2_explanations[0]?.switches).toMatchObject([
          { switch: 'slow', status: 'DEGRADED', status_reason: expect.stringMatching(/BEHIND/) },
        ]);
      } finally {
        cloud.tor('slow').server.resume();
      }
      await status(connection, /^ACTIVE$/);
      expect(await cloud.tor('slow').remoteMacs(network)).toHaveLength(3);
      await eventually(() => expect(reader.events.map((each) => each.data.status)).toEqual(['DEGRADED', 'ACTIVE']));
    },
    120_000,
  );

  it.concurrent(
    'when its agent is dead: the switch forwards on, and nobody knows what it does',
    async () => {
      const { connection } = await connected('silent');
      const reader = await watch(connection);
      const switches = await EventReader.open(cloud.api.url, '?noun=switch&id=silent');
      readers.push(switches);
      await cloud.killAgent('silent');
      await status(connection, /^DEGRADED silent: AGENT_SILENT /);
      await reader.sees({ status: 'DEGRADED', status_reason: 'silent: AGENT_SILENT its agent gives no sign of life' });
      await switches.sees({ change: 'status', status: 'SILENT' });
      await cloud.startAgent('silent');
      await status(connection, /^ACTIVE$/);
      await switches.sees({ change: 'status', status: 'CONNECTED' });
    },
    120_000,
  );

  it('when a switch has no room for some MACs: they are counted and named with its own words, until there is room', async () => {
    const { network, connection } = await connected('small');
    const ports = [];
    for (let n = 1; n <= ROOM + 2; n += 1) ports.push(await addPort(network, n));
    await status(
      connection,
      /^DEGRADED small: REFUSED 2 MACs 02:[0-9a-f:]+, 02:[0-9a-f:]+: .*constraint violation.*Ucast_Macs_Remote/,
    );
    expect(await cloud.tor('small').remoteMacs(network)).toHaveLength(ROOM);
    const refused = /MACs ([0-9a-f:]+), ([0-9a-f:]+):/.exec(await cloud.api.statusOf(connection))?.slice(1) ?? [];
    const written = (await cloud.tor('small').remoteMacs(network)).map((each) => each.mac);
    expect(new Set([...refused, ...written]).size).toBe(ROOM + 2);
    const first = ports.filter((_, n) => written.includes(`02:00:00:00:00:0${n + 1}`)).slice(0, 2);
    for (const port of first) await cloud.api.delete(`/v2.0/ports/${port}`);
    await status(connection, /^ACTIVE$/);
    expect(await cloud.tor('small').remoteMacs(network)).toHaveLength(ROOM);
  }, 120_000);

  it('when a network comes to a switch that has no room for all of its MACs', async () => {
    const { id: network } = await cloud.api.createNetwork();
    for (let n = 1; n <= ROOM + 8; n += 1) await addPort(network, n);
    const gateway = await cloud.api.createGateway('g', [{ device_name: 'small', interfaces: [{ name: 'Ethernet2' }] }]);
    const connection = await cloud.api.connect(gateway, network, (vlan += 1));
    await status(
      connection,
      /^DEGRADED small: REFUSED \d+ MACs ([0-9a-f:]+, ){2}[0-9a-f:]+ and \d+ more: .*constraint violation/,
    );
    await cloud.api.delete(`/v2.0/l2-gateway-connections/${connection}`);
  }, 120_000);

  it('when its VLAN is somebody else’s, whom it names', async () => {
    const { id } = await cloud.api.createNetwork();
    const gateway = await cloud.api.createGateway('g', [{ device_name: 'plain', interfaces: [{ name: 'Ethernet2' }] }]);
    await cloud.tor('plain').server.transact(theirs(700));
    const connection = await cloud.api.connect(gateway, id, 700);
    await status(connection, /^ERROR plain: CONFLICT VLAN 700 of port Ethernet2 .*theirs/);
  });

  it('when its VNI is somebody else’s, whom it names', async () => {
    const { id, vni } = await cloud.api.createNetwork();
    const gateway = await cloud.api.createGateway('g', [{ device_name: 'plain', interfaces: [{ name: 'Ethernet1' }] }]);
    const row = { name: 'also theirs', tunnel_key: vni };
    await cloud.tor('plain').server.transact([{ op: 'insert', table: 'Logical_Switch', row }]);
    const connection = await cloud.api.connect(gateway, id, (vlan += 1));
    await status(connection, new RegExp(`^ERROR plain: VNI_IN_USE .*${vni}.*also theirs`));
    await cloud
      .tor('plain')
      .server.transact([{ op: 'delete', table: 'Logical_Switch', where: [['name', '==', 'also theirs']] }]);
    await status(connection, /^ACTIVE$/);
  });

  it('when its port is pulled out, and when it is back', async () => {
    const { connection } = await connected('plain');
    await cloud.tor('plain').removePort('Ethernet1');
    await status(connection, /^ERROR plain: PORT_NOT_FOUND .*Ethernet1/);
    await cloud.tor('plain').addPort('Ethernet1');
    await status(connection, /^ACTIVE$/);
  });

  it('when the switch or the port has a fault, in the switch’s words', async () => {
    const { connection } = await connected('plain');
    await cloud.tor('plain').setSwitchFault(['mac_table_exhaustion']);
    await status(connection, /^DEGRADED plain: SWITCH_FAULT mac_table_exhaustion$/);
    await cloud.tor('plain').setSwitchFault([]);
    await cloud.tor('plain').setPortFault('Ethernet1', ['invalid_vlan_map']);
    await status(connection, /^DEGRADED plain: PORT_FAULT Ethernet1: invalid_vlan_map$/);
    await cloud.tor('plain').setPortFault('Ethernet1', []);
    await status(connection, /^ACTIVE$/);
  });
});

function theirs(vlanOfEthernet2: number): readonly object[] {
  return [
    { op: 'insert', table: 'Logical_Switch', row: { name: 'theirs', tunnel_key: 16_000_000 }, 'uuid-name': 'theirs' },
    {
      op: 'update',
      table: 'Physical_Port',
      where: [['name', '==', 'Ethernet2']],
      row: { vlan_bindings: ['map', [[vlanOfEthernet2, ['named-uuid', 'theirs']]]] },
    },
  ];
}

/** A switch's tables are as large as its silicon; ovsdb-server calls that `maxRows` (RFC 7047 §3.2). */
async function smallSchema(dir: string): Promise<string> {
  const schema = JSON.parse(await readFile(vtepSchema(), 'utf8')) as {
    cksum?: string;
    tables: { Ucast_Macs_Remote: { maxRows?: number } };
  };
  delete schema.cksum;
  schema.tables.Ucast_Macs_Remote.maxRows = ROOM;
  const path = join(dir, 'small.ovsschema');
  await writeFile(path, JSON.stringify(schema));
  return path;
}
