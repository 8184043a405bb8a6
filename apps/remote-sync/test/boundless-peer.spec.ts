import { syncReport } from '@l2gw/contracts';
import { eventually } from '../../../test/harness/eventually.js';
import { SyncCloud } from '../../../test/harness/sync-cloud.js';
import { HostilePeer } from './hostile-peer.js';

const ROW = { sequence: 1, ips: [], kind: 'port' };
const LIMIT = 10;
/** Twice the limit, and one more. */
const HELD = 21;

describe('Of a peer that says a hundred times as many MACs as its limits allow', () => {
  let cloud: SyncCloud;
  const peer = new HostilePeer('east');
  /** What the peer is asked about its tables. */
  const asked: string[] = [];

  const meet = (macs: number): void =>
    cloud.api.sync('peer/east', {
      ...{ name: 'east', cloud: 'east', keys: [peer.key.publicKey], servers: [], enabled: true },
      ...{ limits: { macs, ips: 2, total: 1000 }, staleSeconds: 60, exportRules: [], importRules: [] },
    });

  beforeAll(async () => {
    cloud = await SyncCloud.start({ id: 'a' });
    meet(LIMIT);
    cloud.api.export('net', {});
    cloud.share('net', 'east');
    cloud.api.bus.subscribe('l2gw.v1.cloud.east.req.a.*', ({ subject }) => asked.push(subject.split('.').at(-1) ?? ''));
    await peer.start(cloud.nats.url, 'a', cloud.key.publicKey);
    await cloud.startSync();
  });
  afterAll(() => Promise.all([peer.stop(), cloud.stop()]));

  const imported = (): Readonly<Record<string, object>> => cloud.api.imported('east', 'net');
  const says = (macs: readonly string[], row?: object): void =>
    peer.say(
      'a',
      macs.map((key) => (row === undefined ? { key } : { key, row })),
    );
  const isReported = (row: object): Promise<void> =>
    eventually(() => expect(cloud.api.report('stretch/net')).toMatchObject(row));
  const KNOWN = range(900, 905);
  const tooMuch = { state: 'live', reason: expect.stringMatching(/^limit: /), accepted: LIMIT };

  it('those that are known stay, of the others only some are held, and the stretch says so', async () => {
    says(KNOWN, ROW);
    await eventually(() => expect(Object.keys(imported())).toEqual(KNOWN));
    says(range(0, 1000), ROW);
    await isReported({ ...tooMuch, refused: { limit: HELD - LIMIT } });
    expect(Object.keys(imported())).toEqual(expect.arrayContaining(KNOWN));
  });

  it('what it says of those that are known counts, and what it takes back makes room', async () => {
    const [first = '', ...others] = KNOWN;
    says(KNOWN, { ...ROW, sequence: 7 });
    await eventually(() => expect(imported()).toMatchObject({ [first]: { ...ROW, sequence: 7 } }));
    says([first]);
    await isReported({ ...tooMuch, refused: { limit: HELD - LIMIT - 1 } });
    expect(Object.keys(imported())).toHaveLength(LIMIT);
    expect(Object.keys(imported())).toEqual(expect.arrayContaining(others));
    expect(imported()).not.toHaveProperty(first);
  });

  it('the same stay when remote-sync is restarted, and the peer is asked for its table once', async () => {
    const before = imported();
    await cloud.program.stop();
    asked.length = 0;
    const [writes, epoch] = [cloud.api.writes.length, cloud.api.settled.get(syncReport.table) ?? 0];
    await cloud.startSync();
    await eventually(() => expect(asked).toContain('snapshot'));
    await eventually(() => expect(cloud.api.settled.get(syncReport.table)).toBeGreaterThan(epoch));
    await isReported(tooMuch);
    says(['02:00:00:00:03:e7'], { ...ROW, sequence: 2 });
    const [known = ''] = Object.keys(before);
    says([known], { ...ROW, sequence: 9 });
    await eventually(() => expect(imported()).toEqual({ ...before, [known]: { ...ROW, sequence: 9 } }));
    expect(cloud.api.writes.slice(writes).filter((table) => table.startsWith('import/'))).toHaveLength(1);
    const whereItsEndIs = ['bucket'];
    expect(asked.filter((verb) => verb === 'digest' || verb === 'bucket')).toEqual(whereItsEndIs);
  });

  it('more are held when its limits allow more', async () => {
    meet(5 * LIMIT);
    await isReported({ ...tooMuch, accepted: 5 * LIMIT, refused: { limit: 5 * LIMIT + 1 } });
  });

  it('all are held as soon as it says no more than that', async () => {
    says(range(15, 1000));
    await isReported({ accepted: 15, digestsEqual: true });
    expect(Object.keys(imported()).sort()).toEqual(range(0, 15));
    await eventually(() => expect(cloud.api.report('stretch/net')).not.toHaveProperty('reason'));
    expect(asked).not.toContain('digest');
  });
});

function range(from: number, to: number): string[] {
  const hex = (byte: number): string => byte.toString(16).padStart(2, '0');
  return Array.from(
    { length: to - from },
    (_, at) => `02:00:00:00:${hex((from + at) >> 8)}:${hex((from + at) & 0xff)}`,
  );
}
