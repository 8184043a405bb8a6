import { Cli } from '../../apps/cli/test/run-cli.js';
import { type Cloud, startCloud } from '../harness/cloud.js';

interface Gateway {
  readonly id: string;
  readonly name: string;
  readonly devices: readonly { readonly device_name: string; readonly interfaces: readonly object[] }[];
}

describe('Gateways on the command line', () => {
  let cloud: Cloud;
  let cli: Cli;
  beforeAll(async () => {
    cloud = await startCloud({ name: 'cli gateways' });
    cli = new Cli(cloud.api.url);
    for (const name of ['tor1', 'tor2']) await cloud.api.put(`/v2.0/l2-switches/${name}`, { l2_switch: {} });
  });
  afterAll(() => cloud?.stop());

  const interfacesOf = (gateway: Gateway, device: string) =>
    gateway.devices
      .filter((each) => each.device_name === device)
      .flatMap((each) => each.interfaces.map((each) => JSON.stringify(each)))
      .sort();
  const vlans = (name: string, ...segmentation_id: string[]) => JSON.stringify({ segmentation_id, name });

  it.each([
    ['the specification', 'l2-gateway-create', 'eth1:100,101;eth2:200'],
    ['the openstack client', 'l2-gateway-create', 'eth1|100#101;eth2|200'],
  ])('are created as %s spells them', async (_, command, interfaces) => {
    const gateway = await cli.json<Gateway>(
      command,
      'gw',
      '--device',
      `name=tor1,interface_names=${interfaces}`,
      '--device',
      'name=tor2,interface_names=eth1:100',
    );
    expect(gateway.name).toBe('gw');
    expect(interfacesOf(gateway, 'tor1')).toEqual([vlans('eth1', '100', '101'), vlans('eth2', '200')].sort());
    expect(interfacesOf(gateway, 'tor2')).toEqual([vlans('eth1', '100')]);
    await cli.ok('l2-gateway-delete', gateway.id);
  });

  it('are shown by name and by id, in both forms alike', async () => {
    const id = (await cli.ok('gateway', 'create', 'shown', '--device', 'name=tor1,interface_names=eth1', '-q')).trim();
    const shown = await cli.json<Gateway>('l2-gateway-show', 'shown');
    expect(shown).toMatchObject({ id, name: 'shown', tenant_id: '' });
    expect(await cli.json('gateway', 'show', id.toUpperCase())).toEqual(shown);
    expect(await cli.ok('l2-gateway-show', 'shown')).toMatch(/^\+-+\+-+\+\n\| Field +\| Value +\|\n/);
  });

  it('are listed with the columns of the reference, or those that were asked for', async () => {
    const gateway = await cli.json<Gateway>('gateway', 'create', 'listed', '--device', 'name=tor1,interface_names=e:5');
    expect(await cli.ok('l2-gateway-list')).toMatch(/^\+-.*\n\| id +\| name +\| devices +\|\n/);
    expect(await cli.ok('gateway', 'list')).toContain('| name=tor1,interface_names=e:5 ');
    expect(await cli.ok('l2-gateway-list', '-f', 'value', '-c', 'ID', '-c', 'Name')).toContain(
      `${gateway.id} listed\n`,
    );
    expect(await cli.ok('gateway', 'list', '-f', 'csv', '-c', 'name', '-c', 'revision_number')).toMatch(
      /^name,revision_number\n(.*\n)*listed,\d+\n/,
    );
    expect(await cli.ok('gateway', 'list', '-f', 'yaml')).toContain(
      `  name: listed\n  devices:\n  - device_name: tor1\n`,
    );
    expect(await cli.ok('gateway', 'list', '--quiet')).toContain(`${gateway.id}\n`);
    expect((await cli.json<Gateway[]>('gateway', 'list')).find((each) => each.name === 'listed')).toEqual({
      id: gateway.id,
      name: 'listed',
      devices: gateway.devices,
    });
    const wide = (await cli.ok('gateway', 'list', '--max-width', '60')).split('\n');
    expect(Math.max(...wide.map((line) => line.length))).toBe(60);
  });

  it('are listed completely, however many there are', async () => {
    const devices = [{ device_name: 'tor1', interfaces: [{ name: 'many' }] }];
    for (let n = 0; n < 1100; n += 100)
      await Promise.all(Array.from({ length: 100 }, () => cloud.api.createGateway('many', devices)));
    const names = (await cli.ok('gateway', 'list', '-f', 'value', '-c', 'name')).split('\n');
    expect(names.filter((name) => name === 'many')).toHaveLength(1100);
  });

  it('are renamed, and gain and lose interfaces', async () => {
    const device = ['--device', 'name=tor1,interface_names=eth1:1;eth2:2'];
    const { id } = await cli.json<Gateway>('l2-gateway-create', 'before', ...device);
    await cli.ok('l2-gateway-update', 'before', '--name', 'after');
    const changed = await cli.json<Gateway>(
      'l2-gateway-update',
      'after',
      '--device',
      'name=tor1',
      '--add-interface=eth3:3,4',
      '--remove-interface=eth1',
    );
    expect(changed).toMatchObject({ id, name: 'after' });
    expect(interfacesOf(changed, 'tor1')).toEqual([vlans('eth2', '2'), vlans('eth3', '3', '4')].sort());
    const alone = await cli.json<Gateway>('gateway', 'update', 'after', '--remove-interface', 'eth2');
    expect(interfacesOf(alone, 'tor1')).toEqual([vlans('eth3', '3', '4')]);
    const replaced = await cli.json<Gateway>('gateway', 'update', id, '--device', 'name=tor1,interface_names=eth9|9');
    expect(interfacesOf(replaced, 'tor1')).toEqual([vlans('eth9', '9')]);
  });

  it('are deleted several at a time; what cannot be deleted is named', async () => {
    const device = ['--device', 'name=tor1,interface_names=eth1'];
    await cli.ok('gateway', 'create', 'first', ...device);
    await cli.ok('gateway', 'create', 'second', ...device);
    const { status, stdout, stderr } = await cli.run('l2-gateway-delete', 'first', 'nobody', 'second');
    expect([status, stdout]).toEqual([3, '']);
    expect(stderr).toBe(
      "Deleted l2_gateway: first\nDeleted l2_gateway: second\nERROR NotFound: there is no gateway 'nobody'\n",
    );
    expect((await cli.run('gateway', 'show', 'first')).status).toBe(3);
  });

  it('with the same name must be told apart by their ids', async () => {
    const device = ['--device', 'name=tor1,interface_names=eth1', '-q'];
    const ids = [
      (await cli.ok('gateway', 'create', 'twin', ...device)).trim(),
      (await cli.ok('gateway', 'create', 'twin', ...device)).trim(),
    ];
    const { status, stderr } = await cli.run('l2-gateway-delete', 'twin');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^ERROR NoUniqueMatch: 2 gateways are called 'twin': /);
    for (const id of ids) expect(stderr).toContain(id);
    await cli.ok('l2-gateway-delete', ...ids);
  });

  it('are refused in the API’s own words', async () => {
    expect(await cli.run('l2-gateway-create', 'x'.repeat(256), '--device', 'name=tor1,interface_names=eth1')).toEqual({
      status: 1,
      stdout: '',
      stderr: `ERROR HTTPBadRequest: Invalid input for name. Reason: '${'x'.repeat(256)}' exceeds maximum length of 255.\n`,
    });
    expect(await cli.run('l2-gateway-create', 'x', '--device', 'name=tor1,interface_names=a:1;b')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^ERROR L2GatewaySegmentationRequired: /),
    });
  });

  it('say what they were given when a column is not there, but only then', async () => {
    const device = ['--device', 'name=tor1,interface_names=eth1'];
    const { status, stdout, stderr } = await cli.run(
      'gateway',
      'create',
      'odd',
      ...device,
      '-c',
      'nmae',
      '-f',
      'value',
    );
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /^Created a new l2_gateway: [0-9a-f-]{36}\nERROR usage: no column 'nmae'; there are created_at, /,
    );
  });
});
