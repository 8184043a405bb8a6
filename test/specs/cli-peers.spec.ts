import { Cli } from '../../apps/cli/test/run-cli.js';
import { type Cloud, startCloud } from '../harness/cloud.js';
import { KEY } from './support/shared-network.js';

describe('Peers on the command line', () => {
  let cloud: Cloud;
  let cli: Cli;
  beforeAll(async () => {
    cloud = await startCloud({ name: 'cli peers', api: { L2GW_CLOUD_ID: 'north' } });
    cli = new Cli(cloud.api.url);
    await cli.ok('remote-gateway', 'create', 'far', '198.51.100.1');
  });
  afterAll(() => cloud?.stop());

  it('are created with their cloud, keys and remote gateways, which may be called by name', async () => {
    const remote = await cli.json<{ id: string }>('remote-gateway', 'show', 'far');
    const made = await cli.json(
      ...['peer', 'create', 'southern', 'south', '--key', KEY, '--server', 'tls://nats.south.example:4222'],
      ...['--remote-gateway', 'far', '--credentials', 'south', '--stale-seconds', '60'],
    );
    expect(made).toMatchObject({
      name: 'southern',
      cloud: 'south',
      keys: [KEY],
      servers: ['tls://nats.south.example:4222'],
      credentials: 'south',
      remote_gateways: [remote.id],
      stale_seconds: 60,
    });
  });

  it('are changed, shown, listed and deleted by name', async () => {
    expect(
      await cli.json(
        'peer',
        'update',
        'southern',
        '--enabled',
        'False',
        '--stale-seconds',
        '-1',
        '--on-tunnel-down',
        'flush',
      ),
    ).toMatchObject({
      enabled: false,
      stale_seconds: -1,
      on_tunnel_down: 'flush',
      state: 'disabled',
    });
    expect(await cli.json('peer', 'show', 'southern')).toMatchObject({ cloud: 'south' });
    expect(await cli.json('peer', 'list')).toMatchObject([{ name: 'southern', cloud: 'south', state: 'disabled' }]);
    await cli.ok('peer', 'delete', 'southern');
    expect(await cli.json('peer', 'list')).toEqual([]);
  });

  it('let MACs move again that were frozen, and say how many', async () => {
    expect(await cli.json('peer', 'clear-duplicates', '--mac', '02:00:00:00:00:01')).toEqual({ cleared: 0 });
    expect(await cli.json('peer', 'clear-duplicates', '--ip', '192.0.2.1')).toEqual({ cleared: 0 });
    expect(await cli.json('conflict', 'list')).toEqual([]);
    expect(await cli.run('peer', 'clear-duplicates', '--mac', 'zz')).toMatchObject({ status: 1 });
  });

  it('need a key to be created, and a change to be changed', async () => {
    for (const words of [
      ['peer', 'create', 'x', 'south'],
      ['peer', 'update', 'x'],
    ])
      expect((await cli.run(...words)).status).toBe(2);
    expect(await cli.run('peer', 'create', 'x', 'north', '--key', KEY)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('L2SyncPeerIsThisCloud') as string,
    });
  });
});
