import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cli } from '../../apps/cli/test/run-cli.js';
import { type Cloud, startCloud } from '../harness/cloud.js';
import { removeDirectory, temporaryDirectory } from '../harness/temporary-directory.js';

interface Shown {
  readonly id: string;
  readonly [attribute: string]: unknown;
}

describe('Remote gateways on the command line', () => {
  let cloud: Cloud;
  let cli: Cli;
  let files: string;
  let connection: string;
  beforeAll(async () => {
    files = await temporaryDirectory('cli-remote');
    cloud = await startCloud({ name: 'cli remote' });
    cli = new Cli(cloud.api.url);
    await cloud.api.put('/v2.0/l2-switches/tor-1', { l2_switch: {} });
    await cloud.api.createNetwork({ name: 'net1', 'provider:segmentation_id': 7000 });
    await cli.ok('gateway', 'create', 'gw1', '--device', 'name=tor-1,interface_names=Ethernet40:100');
    await cli.ok('connection', 'create', 'gw1', 'net1');
  });
  afterAll(async () => {
    await cloud?.stop();
    await removeDirectory(files);
  });

  it('are created, changed by name, shown and listed under the specification’s names', async () => {
    const made = await cli.json<Shown>('l2-remote-gateway-create', 'rgw1', '198.51.100.1');
    expect(made).toMatchObject({ name: 'rgw1', ipaddr: '198.51.100.1', status: 'UNUSED' });
    await cli.ok('l2-remote-gateway-update', 'rgw1', '--ip-address', '198.51.100.2');
    expect(await cli.ok('l2-remote-gateway-list', '-f', 'csv')).toBe(`id,name,ipaddr\n${made.id},rgw1,198.51.100.2\n`);
    expect(await cli.json('remote-gateway', 'show', 'rgw1')).toMatchObject({ id: made.id });
    expect(await cli.run('remote-gateway', 'create', 'v6', '2001:db8::1')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^ERROR HTTPBadRequest: .*hardware VTEPs speak VXLAN over IPv4 only/) as string,
    });
  });

  it('are led to by a connected network, whose parts are called by their names', async () => {
    const made = await cli.json<Shown>(
      ...['l2-remote-gateway-connection-create', 'gw1', 'net1', 'rgw1', '--seg-id', '9765', '--flood', 'True'],
    );
    connection = made.id;
    expect(made).toMatchObject({ segmentation_id: 9765, flood: true, status: 'BUILD' });
    expect(await cli.json('l2-remote-gateway-connection-show', connection)).toMatchObject({ id: connection });
    expect(await cli.json('remote-connection', 'list')).toMatchObject([{ id: connection, flood: true }]);
    expect(await cli.run('remote-gateway', 'delete', 'rgw1')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('L2RemoteGatewayInUse') as string,
    });
  });

  it('have MACs, stated as MAC;IP, listed by connection', async () => {
    const made = await cli.json<Shown>('l2-remote-mac-create', '02:00:00:00:00:01;192.0.2.1', connection);
    expect(made).toMatchObject({ mac: '02:00:00:00:00:01', ipaddr: '192.0.2.1', origin: 'admin' });
    expect(await cli.ok('l2-remote-mac-list', '--remote-connection', connection, '-f', 'csv')).toBe(
      `uuid,mac,ip_addr,rgw_connection\n${made.id},02:00:00:00:00:01,192.0.2.1,${connection}\n`,
    );
    await cli.ok('l2-remote-mac-delete', made.id);
    expect(await cli.json('remote-mac', 'list')).toEqual([]);
  });

  it('have MACs imported from a file: looked through first, then all of it, and the lines that the API refuses are named', async () => {
    const file = join(files, 'macs.csv');
    const lines = Array.from(
      { length: 300 },
      (_, n) => `02:00:00:00:01:${n.toString(16).padStart(2, '0')},192.0.2.${n % 250}`,
    );
    writeFileSync(file, `mac,ip\n${lines.slice(0, 200).join('\n')}\n`);
    const run = (...more: string[]) =>
      cli.json('remote-mac', 'import', file, '--remote-connection', connection, ...more);
    expect(await run('--dry-run')).toMatchObject({ macs: 200, imported: 0 });
    expect(await cli.json('remote-mac', 'list')).toEqual([]);
    expect(await run()).toMatchObject({ macs: 200, imported: 200 });
    expect(await cli.json('remote-mac', 'list', '--remote-connection', connection)).toHaveLength(200);
    writeFileSync(file, `mac,ip\n02:00:00:00:02:01,\n${lines[3]}\n`);
    const again = await cli.run('remote-mac', 'import', file, '--remote-connection', connection);
    expect(again.status).toBe(1);
    expect(again.stderr).toContain('1 of 2 items cannot be created, so none was');
    expect(again.stderr).toContain('line 3: The remote MAC 02:00:00:00:01:03 with 192.0.2.3 exists');
    expect(await cli.json('remote-mac', 'list', '--remote-connection', connection)).toHaveLength(200);
  });

  it('go with everything behind them, last of all the remote gateway', async () => {
    await cli.ok('l2-remote-gateway-connection-delete', connection);
    expect(await cli.json('remote-mac', 'list')).toEqual([]);
    await cli.ok('l2-remote-gateway-delete', 'rgw1');
    expect(await cli.json('remote-gateway', 'list')).toEqual([]);
  });
});
