import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Headers } from '@l2gw/bus';
import { repositoryRoot } from '../harness/binaries.js';
import { eventually } from '../harness/eventually.js';
import { startNatsServer } from '../harness/nats-server.js';
import { SyncCloud, newCloudKey } from '../harness/sync-cloud.js';
import { removeDirectory, temporaryDirectory } from '../harness/temporary-directory.js';

const MAC = '02:00:00:00:00:01';
const OTHER = '02:00:00:00:00:02';
const port = (sequence = 0): object => ({ sequence, ips: [], kind: 'port' });
const deploy = join(repositoryRoot, 'deploy');

interface Recorded {
  readonly subject: string;
  readonly body: string;
  readonly headers: Headers;
}

/** The bus of north is that of deploy/nats; south dials in with the seed that it was given. */
describe('Clouds that do not trust the bus between them', () => {
  let dir: string;
  let north: SyncCloud;
  let south: SyncCloud;
  /** What north itself has said of the network in its first session. */
  const recorded: Recorded[] = [];

  beforeAll(async () => {
    dir = await temporaryDirectory('trust');
    const env = { ...process.env, SECRETS_DIRECTORY: dir };
    execFileSync(process.execPath, [join(deploy, 'prepare.mjs'), 'tor-1', 'peer:south'], { env });
    copyFileSync(join(deploy, 'nats/peer-south.conf'), join(dir, 'peer-south.conf'));
    const config = readFileSync(join(deploy, 'nats/nats-server.conf'), 'utf8');
    const nats = await startNatsServer({ dir, config: config.replace('# { nkey: $SOUTH', '{ nkey: $$SOUTH') });
    north = await SyncCloud.start({
      id: 'north',
      settings: { L2GW_NATS_NKEY_SEED_FILE: join(dir, 'sync.seed') },
      secured: { nats, apiSeed: readFileSync(join(dir, 'api.seed'), 'utf8') },
    });
    south = await SyncCloud.start({ id: 'south' });
    copyFileSync(join(dir, 'south.seed'), join(south.dir, 'north-bus'));
    north.meet(south);
    north.api.export('net-n', { [MAC]: port() });
    south.api.export('net-s', { [OTHER]: port() });
    north.share('net-n', 'south');
    south.share('net-s', 'north');
    north.api.bus.subscribe('l2gw.v1.cloud.north.table.>', (message) => {
      if (message.body.includes(MAC) && recorded.length < 2) recorded.push(message);
    });
    meetNorth();
    await Promise.all([north.startSync(), south.startSync()]);
  });

  afterAll(async () => {
    await Promise.all([north?.stop(), south?.stop()]);
    await removeDirectory(dir);
  });

  const meetNorth = (row: object = {}): void =>
    south.meet(north, { servers: [north.nats.url], credentials: 'north-bus', ...row });
  const seen = (): object | undefined => south.api.report('peer/north');
  const stretch = (): object | undefined => south.api.report('stretch/net-s');
  const arrives = (row: object): Promise<void> =>
    eventually(() => expect(south.api.imported('north', 'net-s')).toEqual({ [MAC]: row }));

  it('say all that they have to say with the permissions of deploy/nats', async () => {
    await arrives(port());
    await eventually(() => expect(north.api.imported('south', 'net-n')).toEqual({ [OTHER]: port() }));
    await eventually(() => expect(seen()).toMatchObject({ state: 'live' }));
    north.api.export('net-n', { [MAC]: port(1) });
    await arrives(port(1));
    await eventually(() => expect(stretch()).toEqual(expect.objectContaining({ state: 'live', refused: {} })));
    expect(north.program.output + south.program.output).not.toContain('REFUSED');
  });

  it.each<[string, (said: Recorded) => Recorded]>([
    ['unsigned', ({ subject, body }) => ({ subject, body, headers: {} })],
    ['altered', (said) => ({ ...said, body: said.body.replaceAll(MAC, OTHER) })],
    ['no JSON', (said) => ({ ...said, body: '{{' })],
    ['nearly a megabyte', (said) => ({ ...said, body: 'x'.repeat(1_000_000) })],
    ['ten thousand levels deep', (said) => ({ ...said, body: '['.repeat(10_000) })],
  ])('do not heed what is %s, and count it', async (_, forge) => {
    const before = sigs(stretch());
    const { subject, body, headers } = forge(recorded[0] as Recorded);
    north.api.bus.publish(subject, body, headers);
    await eventually(() => expect(sigs(stretch())).toBe(before + 1));
    expect(south.api.imported('north', 'net-s')).toEqual({ [MAC]: port(1) });
    expect(seen()).toMatchObject({ state: 'live' });
  });

  it('do not heed what was recorded in an older session', async () => {
    await north.program.kill();
    north.api.export('net-n', { [MAC]: port(2) });
    await north.startSync();
    await arrives(port(2));
    await eventually(() => expect(seen()).toMatchObject({ state: 'live', epoch: 2 }));
    for (const { subject, body, headers } of recorded) north.api.bus.publish(subject, body, headers);
    await eventually(() => expect(stretch()).toMatchObject({ refused: { replay: 2 } }));
    expect(south.api.imported('north', 'net-s')).toEqual({ [MAC]: port(2) });
  });

  it('change their key without a gap while both are good, and the old one is refused afterwards', async () => {
    const old = north.key;
    north.key = await newCloudKey(dir, 'next.key');
    meetNorth({ keys: [old.publicKey, north.key.publicKey] });
    const writes = south.api.pushed.writes;
    await north.program.stop();
    await north.startSync();
    await eventually(() => expect(seen()).toMatchObject({ state: 'live', epoch: 3 }));
    meetNorth({ keys: [north.key.publicKey] });
    north.api.export('net-n', { [MAC]: port(3) });
    await arrives(port(3));
    expect(south.api.pushed.writes - writes).toBeLessThan(20);
    meetNorth({ keys: [old.publicKey] });
    await eventually(() =>
      expect(seen()).toMatchObject({
        state: 'refused',
        reason: 'its answer is not signed with a key that we know of it',
      }),
    );
    expect(south.api.imported('north', 'net-s')).toEqual({ [MAC]: port(3) });
    meetNorth();
    await eventually(() => expect(seen()).toMatchObject({ state: 'live' }));
  });

  it('say why a bus does not let them in', async () => {
    meetNorth({ credentials: 'nowhere' });
    const reason = 'there is no secret nowhere below L2GW_SYNC_SECRETS_DIR';
    await eventually(() => expect(seen()).toMatchObject({ state: 'refused', reason }));
    writeFileSync(join(south.dir, 'nobody-bus'), 'SUAMLK2ZNL35WSMW37E7UD4VZ7ELPKW7DHC3BWBSD2GCZ7IUQQXZIORRBU');
    meetNorth({ credentials: 'nobody-bus' });
    await eventually(() =>
      expect(seen()).toMatchObject({ state: 'refused', reason: expect.stringContaining('REFUSED') as string }),
    );
    meetNorth();
    await eventually(() => expect(seen()).toMatchObject({ state: 'live' }));
  });

  it('put a peer in whose name too much is said into quarantine, and keep what it has said before', async () => {
    const before = sigs(stretch());
    const { subject, body } = recorded[0] as Recorded;
    for (let n = 0; n < 500; n += 1) north.api.bus.publish(subject, body);
    const reason = expect.stringMatching(/sign/) as string;
    await eventually(() => expect(seen()).toMatchObject({ state: 'quarantined', reason }));
    await eventually(() => expect(sigs(stretch()) - before).toBeGreaterThanOrEqual(200));
    expect(south.api.imported('north', 'net-s')).toEqual({ [MAC]: port(3) });
  });
});

function sigs(row: object | undefined): number {
  const { refused } = row as { refused?: { sig?: number } };
  return refused?.sig ?? 0;
}
