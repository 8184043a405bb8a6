import { Cli } from '../../apps/cli/test/run-cli.js';
import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';

interface Connection {
  readonly id: string;
  readonly status: string;
  readonly status_reason: string;
  readonly [attribute: string]: unknown;
}

describe('Connections on the command line', () => {
  let cloud: Cloud;
  let cli: Cli;
  beforeAll(async () => {
    cloud = await startCloud({
      name: 'cli connections',
      switches: [{ name: 'tor-1', tunnelIps: ['10.0.0.1'], ports: ['Ethernet40'] }],
    });
    cli = new Cli(cloud.api.url);
    await cloud.api.put('/v2.0/l2-switches/absent', { l2_switch: {} });
    await cli.ok('gateway', 'create', 'there', '--device', 'name=tor-1,interface_names=Ethernet40');
    await cli.ok('gateway', 'create', 'not-there', '--device', 'name=absent,interface_names=Ethernet40');
    await eventually(async () => {
      const { ports } = await cli.json<{ ports: unknown[] }>('switch', 'show', 'tor-1');
      expect(ports).toHaveLength(1);
    });
  });
  afterAll(() => cloud?.stop());

  it('are created from names, shown, listed and deleted', async () => {
    const network = (await cloud.api.createNetwork({ name: 'net1' })).id;
    const gateway = (await cli.ok('gateway', 'show', 'not-there', '-f', 'value', '-c', 'id')).trim();
    const made = await cli.json<Connection>(
      'l2-gateway-connection-create',
      'not-there',
      'net1',
      '--default-segmentation-id=300',
    );
    expect(made).toMatchObject({ network_id: network, l2_gateway_id: gateway, segmentation_id: '300' });
    expect(await cli.json('l2-gateway-connection-show', made.id)).toMatchObject({ id: made.id, segmentation_id: 300 });
    expect(await cli.ok('l2-gateway-connection-list', '-f', 'csv')).toBe(
      `id,l2_gateway_id,network_id,segmentation_id\n${made.id},${gateway},${network},300\n`,
    );
    expect(await cli.json('connection', 'list')).toEqual([
      expect.objectContaining({ id: made.id, status: 'BUILD', status_reason: expect.stringMatching(/^absent: /) }),
    ]);
    expect(await cli.run('l2-gateway-connection-delete', made.id)).toEqual({
      status: 0,
      stdout: '',
      stderr: `Deleted l2_gateway_connection: ${made.id}\n`,
    });
    expect(await cli.run('connection', 'show', made.id)).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/^ERROR L2GatewayConnectionNotFound: /),
    });
  });

  it('need a gateway and a network that exist, and a VLAN', async () => {
    await cloud.api.createNetwork({ name: 'net2' });
    expect(await cli.run('connection', 'create', 'nobody', 'net2')).toMatchObject({
      status: 3,
      stderr: "ERROR NotFound: there is no gateway 'nobody'\n",
    });
    expect(await cli.run('connection', 'create', 'there', 'nothing')).toMatchObject({
      status: 3,
      stderr: "ERROR NotFound: there is no network 'nothing'\n",
    });
    expect(await cli.run('connection', 'create', 'there', 'net2')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^ERROR InvalidInput: .*Segmentation id must be specified/),
    });
    expect(await cli.run('connection', 'create', 'there', 'net2', '--default-segmentation-id', '4095')).toMatchObject({
      status: 2,
    });
  });

  it('are waited for until the switch has confirmed them', async () => {
    const { id } = await cloud.api.createNetwork({ name: 'net3' });
    const argv = [
      'connection',
      'create',
      'there',
      'net3',
      '--default-segmentation-id',
      '50',
      '--timeout',
      '30',
      '-f',
      'json',
    ];
    const { status, stdout, stderr } = await cli.run(...argv);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ network_id: id, status: 'ACTIVE', status_reason: '' });
    expect(stderr).toMatch(/^Created a new l2_gateway_connection: .*\n(BUILD.*\n)*ACTIVE\n$/);
    expect(await cloud.tor('tor-1').vlanBindings('Ethernet40')).toEqual([
      expect.objectContaining({ vlan: 50, logicalSwitch: id }),
    ]);
  });

  it('are waited for no longer than was said; the connection stays', async () => {
    await cloud.api.createNetwork({ name: 'net4' });
    const argv = ['l2-gateway-connection-create', 'not-there', 'net4', '--default-segmentation-id', '4'];
    const { status, stdout, stderr } = await cli.run(...argv, '--timeout', '0.3', '--quiet');
    expect(status).toBe(5);
    expect(stderr).toMatch(/^ERROR TimedOut: connection .* after 0.3 s: BUILD absent: NOT_CONNECTED.*it stays/);
    expect(await cli.json('connection', 'show', stdout.trim())).toMatchObject({ status: 'BUILD' });
  });

  it('end with a status of their own when the switch cannot do it', async () => {
    const { vni } = await cloud.api.createNetwork({ name: 'net5' });
    const foreign = { op: 'insert', table: 'Logical_Switch', row: { name: 'somebody else’s', tunnel_key: vni } };
    await cloud.tor('tor-1').server.transact([foreign]);
    const argv = ['connection', 'create', 'there', 'net5', '--default-segmentation-id', '51', '--timeout', '30'];
    const { status, stdout, stderr } = await cli.run(...argv, '-f', 'value', '-c', 'status');
    expect([status, stdout]).toEqual([6, 'ERROR\n']);
    expect(stderr).toMatch(/ERROR EndedInError: connection .*: ERROR tor-1: VNI_IN_USE /);
  });

  it('are made of networks and switches that can be looked at', async () => {
    const { id, vni } = await cloud.api.createNetwork({ name: 'net6' });
    expect(await cli.json('network', 'show', 'net6')).toMatchObject({ id, 'provider:segmentation_id': vni });
    expect(await cli.ok('network', 'list', '-f', 'value')).toContain(`${id} net6 vxlan ${vni}\n`);
    expect(await cli.ok('switch', 'list', '-f', 'csv')).toMatch(/^name,status,.*\n(.*\n)*tor-1,CONNECTED,/);
    const net3 = (await cli.ok('network', 'show', 'net3', '-f', 'value', '-c', 'id')).trim();
    await cloud.tor('tor-1').learn(net3, '02:00:00:00:00:07', '192.0.2.7');
    await eventually(async () =>
      expect(await cli.json('switch', 'macs', 'tor-1')).toEqual([
        expect.objectContaining({ mac: '02:00:00:00:00:07', network_id: net3, ip_address: '192.0.2.7' }),
      ]),
    );
    expect(await cli.json('switch', 'diff', 'tor-1')).toMatchObject([
      { state: 'blocked', problems: [{ code: 'VNI_IN_USE' }] },
    ]);
    expect(await cli.ok('switch', 'transactions', 'tor-1', '-f', 'csv')).toMatch(/^at,duration_ms,networks,.*\n.*Z,/);
    expect(await cli.json('switch', 'resync', 'tor-1')).toMatchObject({ settled: true });
    expect(await cli.json('switch', 'statistics', 'tor-1')).toEqual([]);
    expect(await cli.json('switch', 'announce', 'new', '--description', 'rack 7')).toMatchObject({
      id: 'new',
      description: 'rack 7',
      status: 'UNKNOWN',
    });
    await cli.ok('switch', 'forget', 'new');
    expect((await cli.run('switch', 'show', 'new')).status).toBe(3);
    expect(await cli.run('switch', 'forget', 'absent')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^ERROR L2SwitchInUse: /),
    });
    expect(await cli.run('switch', 'forget', '..')).toMatchObject({ status: 2 });
  });
});
