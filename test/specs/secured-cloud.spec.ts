import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../harness/binaries.js';
import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';
import { startNatsServer } from '../harness/nats-server.js';
import { removeDirectory, temporaryDirectory } from '../harness/temporary-directory.js';
import { connectedCloud, MACS } from './support/connected-cloud.js';

const deploy = join(repositoryRoot, 'deploy');

describe('A cloud whose bus lets every program say only what is its own', () => {
  let dir: string;
  let cloud: Cloud;
  beforeAll(async () => {
    dir = await temporaryDirectory('secured');
    execFileSync(process.execPath, [join(deploy, 'prepare.mjs'), 'tor-1'], {
      env: { ...process.env, SECRETS_DIRECTORY: dir },
    });
    cloud = await startCloud({
      name: 'secured',
      natsUrl: await startNatsServer({ dir, config: readFileSync(join(deploy, 'nats/nats-server.conf'), 'utf8') }),
      api: { L2GW_NATS_NKEY_SEED_FILE: join(dir, 'api.seed') },
      agent: { L2GW_NATS_NKEY_SEED_FILE: join(dir, 'tor-1.seed') },
      switches: [{ name: 'tor-1', tunnelIps: ['10.0.0.1'], ports: ['Ethernet1'] }],
    });
  });
  afterAll(async () => {
    await cloud?.stop();
    await removeDirectory(dir);
  });

  it('works, and nobody is refused anything', async () => {
    const { network, connection } = await connectedCloud(cloud, 'tor-1');
    await eventually(async () => expect(await cloud.api.statusOf(connection)).toBe('ACTIVE'));
    await cloud.tor('tor-1').learn(network, '02:00:00:00:ba:1e');
    await eventually(async () => expect((await cloud.api.get('/v2.0/l2-switches/tor-1/macs'))['macs']).toHaveLength(1));
    expect((await cloud.tor('tor-1').remoteMacs(network)).map((each) => each.mac)).toEqual([...MACS]);
    expect(await cloud.api.get('/v2.0/l2-switches/tor-1/diff')).toEqual({ diff: { count: 0, networks: [] } });
    for (const program of [...cloud.replicas, cloud.agent('tor-1')]) {
      expect(program.output).not.toMatch(/permission|refused|violation/i);
    }
  });

  it('shows no secret in any log', () => {
    for (const [program, seed] of [
      [cloud.replicas[0], 'api'],
      [cloud.agent('tor-1'), 'tor-1'],
    ] as const) {
      expect(program?.output).not.toContain(readFileSync(join(dir, `${seed}.seed`), 'utf8').trim());
    }
  });
});
