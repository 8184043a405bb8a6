import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { repositoryRoot } from '../harness/binaries.js';
import { eventually } from '../harness/eventually.js';
import { startProgram } from '../harness/program.js';
import { SyncCloud } from '../harness/sync-cloud.js';

const port = (ips: readonly string[] = []): object => ({ sequence: 0, ips, kind: 'port' });

describe('remote-sync', () => {
  let cloud: SyncCloud;
  beforeAll(async () => {
    cloud = await SyncCloud.start({ id: 'a', settings: { L2GW_HTTP_LISTEN: '127.0.0.1:0' } });
  });
  afterAll(() => cloud.stop());

  it('shows the public half of its key', () => {
    const main = join(repositoryRoot, 'dist/apps/remote-sync/main.js');
    const env = { ...process.env, L2GW_SYNC_KEY_FILE: cloud.key.file };
    // No timeout of the runner ends what is waited for without giving way.
    const options = { env, encoding: 'utf8', timeout: 20_000 } as const;
    expect(execFileSync(process.execPath, [main, '--print-key'], options)).toBe(`${cloud.key.publicKey}\n`);
  });

  it('does not start without its key, and says so', async () => {
    await expect(startProgram('remote-sync', { L2GW_NATS_URL: cloud.nats.url })).rejects.toThrow(
      /code 2.*L2GW_SYNC_KEY_FILE is not set/s,
    );
  });

  it('says whether it is the active instance, and what it sees', async () => {
    const active = await cloud.startSync();
    await eventually(() => expect(active.events).toContainEqual(expect.objectContaining({ event: 'active' })));
    const standby = await cloud.startSync();
    await eventually(() => expect(standby.events).toContainEqual(expect.objectContaining({ event: 'standby' })));
    await eventually(async () => {
      expect(await (await fetch(`${active.url}/readyz`)).json()).toEqual({ bus: true, role: 'active', peers: 'known' });
      expect(await (await fetch(`${standby.url}/readyz`)).json()).toMatchObject({ role: 'standby' });
    });
    expect(await (await fetch(`${active.url}/metrics`)).text()).toMatch(/^l2gw_sync_active 1$/m);
    expect(await (await fetch(`${standby.url}/metrics`)).text()).toMatch(/^l2gw_sync_active 0$/m);
  });
});

describe('remote-sync of a cloud that has no id yet', () => {
  it('waits until it has one', async () => {
    const cloud = await SyncCloud.start({ id: 'a' });
    try {
      cloud.api.sync('cloud', undefined);
      cloud.api.sync('peer/b', { ...NOBODY, cloud: 'b' });
      await cloud.startSync();
      await eventually(() => expect(cloud.api.leases).toBeGreaterThan(2));
      expect(cloud.api.report('peer/b')).toBeUndefined();
      cloud.api.sync('cloud', { id: 'a' });
      await eventually(() => expect(cloud.api.report('peer/b')).toMatchObject({ state: 'connecting' }));
    } finally {
      await cloud.stop();
    }
  });
});

describe('Three clouds', () => {
  let [a, b, c]: SyncCloud[] = [];
  const everybody = (): SyncCloud[] => [a, b, c] as SyncCloud[];

  beforeAll(async () => {
    [a, b, c] = await Promise.all(['a', 'b', 'c'].map((id) => SyncCloud.start({ id })));
  });
  afterAll(() => Promise.all(everybody().map((cloud) => cloud.stop())));

  it('have different networks by the same number, and hear nothing of what is not theirs', async () => {
    const [one, two, three] = everybody() as [SyncCloud, SyncCloud, SyncCloud];
    one.meet(two, { servers: [two.nats.url] });
    two.meet(one, { servers: [one.nats.url] });
    one.meet(three);
    three.meet(one, { servers: [one.nats.url] });
    one.api.export('net-b', { '02:00:00:00:00:0b': port() });
    one.api.export('net-c', { '02:00:00:00:00:0c': port() });
    two.api.export('net-2', { '02:00:00:00:00:02': port() });
    three.api.export('net-3', { '02:00:00:00:00:03': port() });
    one.share('net-b', 'b');
    one.share('net-c', 'c');
    two.share('net-2', 'a');
    three.share('net-3', 'a');
    await Promise.all(everybody().map((cloud) => cloud.startSync()));
    await eventually(() => {
      expect(Object.keys(two.api.imported('a', 'net-2'))).toEqual(['02:00:00:00:00:0b']);
      expect(Object.keys(three.api.imported('a', 'net-3'))).toEqual(['02:00:00:00:00:0c']);
      expect(Object.keys(one.api.imported('b', 'net-b'))).toEqual(['02:00:00:00:00:02']);
      expect(Object.keys(one.api.imported('c', 'net-c'))).toEqual(['02:00:00:00:00:03']);
    });
  });

  it('do not mind when two of them dial each other, and go on when one of the two ways is cut', async () => {
    const [one, two] = everybody() as [SyncCloud, SyncCloud];
    const wellHeard = expect.objectContaining({ state: 'live', refused: {} }) as unknown;
    await eventually(() => expect(two.api.report('stretch/net-2')).toEqual(wellHeard));
    await two.nats.kill();
    one.api.export('net-b', { '02:00:00:00:00:1b': port() });
    await eventually(() => expect(one.api.report('peer/c')).toMatchObject({ state: 'live' }));
    await two.nats.start(two.nats.port);
    await eventually(() => expect(Object.keys(two.api.imported('a', 'net-2'))).toHaveLength(2));
  });

  it('tell thousands of MACs at once, within seconds', async () => {
    const [one, , three] = everybody() as [SyncCloud, SyncCloud, SyncCloud];
    const many = Array.from({ length: 9000 }, (_, at) => {
      const host = at.toString(16).padStart(4, '0');
      return [`02:00:00:01:${host.slice(0, 2)}:${host.slice(2)}`, port([`10.1.${at >> 8}.${at & 255}`])] as const;
    });
    one.api.export('net-c', Object.fromEntries(many));
    await eventually(() =>
      expect(three.api.report('stretch/net-3')).toMatchObject({ accepted: 9001, digestsEqual: true }),
    );
    await eventually(() => expect(Object.keys(three.api.imported('a', 'net-3'))).toHaveLength(9001));
  });
});

const NOBODY = {
  ...{ name: 'nobody', servers: [], keys: [Buffer.alloc(32, 7).toString('base64')], enabled: true },
  ...{ limits: { macs: 1, ips: 1, total: 1 }, staleSeconds: 60, exportRules: [], importRules: [] },
};
