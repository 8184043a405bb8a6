import { eventually } from '../harness/eventually.js';
import { SyncCloud } from '../harness/sync-cloud.js';

const MAC = '02:00:00:00:00:01';
const OTHER = '02:00:00:00:00:02';
const port = (...ips: string[]): object => ({ sequence: 0, ips, kind: 'port' });
const by = (...path: string[]): object => ({ ...port('10.0.0.5'), path });

/** Where the ends of the clouds are. */
const VTEPS: Readonly<Record<string, string>> = { a: '192.0.2.10', b: '192.0.2.20', c: '192.0.2.30', d: '192.0.2.40' };

/** Makes `peer` known to the cloud and shares its network with it; `row`: what else is said of the peer. */
function join(cloud: SyncCloud, peer: SyncCloud, row: object = {}): void {
  cloud.meet(peer, row);
  cloud.api.sync(`stretch/${cloud.id}-${peer.id}`, stretchRow(cloud, peer));
}

const stretchRow = (cloud: SyncCloud, peer: SyncCloud, vtep = VTEPS[peer.id]): object => ({
  ...{ peer: peer.id, network: `net-${cloud.id}`, segId: 456, vtep, flood: true },
  ...{ subnets: [], ownVteps: [VTEPS[cloud.id]], routerMacs: [] },
});

const imported = (cloud: SyncCloud, of: SyncCloud): object => cloud.api.imported(of.id, `${cloud.id}-${of.id}`);
const stretch = (cloud: SyncCloud, of: SyncCloud): object | undefined =>
  cloud.api.report(`stretch/${cloud.id}-${of.id}`);

const startAll = async (...ids: string[]): Promise<SyncCloud[]> => {
  const clouds = await Promise.all(ids.map((id) => SyncCloud.start({ id })));
  for (const cloud of clouds) cloud.api.export(`net-${cloud.id}`, {});
  return clouds;
};

/** A and C have no session with each other; B has one with each. */
describe('A cloud that passes on what one peer says to another', () => {
  let a: SyncCloud;
  let b: SyncCloud;
  let c: SyncCloud;

  beforeAll(async () => {
    [a, b, c] = (await startAll('a', 'b', 'c')) as [SyncCloud, SyncCloud, SyncCloud];
    join(a, b, { servers: [b.nats.url] });
    join(a, c);
    join(b, a, { transit: true });
    join(b, c);
    join(c, b, { servers: [b.nats.url] });
    join(c, a);
    a.api.export('net-a', { [MAC]: port('10.0.0.5') });
    await Promise.all([a, b, c].map((cloud) => cloud.startSync()));
  });
  afterAll(() => Promise.all([a, b, c].map((cloud) => cloud?.stop())));

  it('does so only if an operator wants it of both', async () => {
    await eventually(() => expect(imported(b, a)).toEqual({ [MAC]: port('10.0.0.5') }));
    await eventually(() => expect(stretch(c, b)).toMatchObject({ state: 'live' }));
    expect(imported(c, a)).toEqual({});
    b.meet(c, { transit: true });
    await eventually(() => expect(imported(c, a)).toEqual({ [MAC]: by('a', 'b') }));
  });

  it('shows the other one by whom the cloud is heard', async () => {
    await eventually(() =>
      expect(stretch(c, a)).toMatchObject({ state: 'live', reason: 'heard by way of b', accepted: 1 }),
    );
    expect(imported(c, b)).toEqual({});
  });

  it('carries it back, and never to where it came from', async () => {
    c.api.export('net-c', { [OTHER]: port('10.0.0.6') });
    await eventually(() => expect(imported(a, c)).toEqual({ [OTHER]: { ...port('10.0.0.6'), path: ['c', 'b'] } }));
    expect(imported(a, b)).toEqual({});
    c.api.export('net-c', { [OTHER]: undefined });
    await eventually(() => expect(imported(a, c)).toEqual({}));
  });

  it('cannot pass off as a cloud what that cloud has not signed', async () => {
    c.meet(a, { keys: [c.key.publicKey] });
    await eventually(() => expect(imported(c, a)).toEqual({}));
    await eventually(() => expect(stretch(c, b)).toMatchObject({ refused: { sig: 1 } }));
    c.meet(a);
    await eventually(() => expect(imported(c, a)).toEqual({ [MAC]: by('a', 'b') }));
    await eventually(() => expect(stretch(c, b)).toEqual(expect.objectContaining({ refused: {} })));
  });

  it('leads to itself if an operator wants it, and only where the other one expects it', async () => {
    b.meet(c, { transit: true, nextHopSelf: true });
    await eventually(() => expect(imported(c, a)).toEqual({}));
    await eventually(() => expect(stretch(c, b)).toMatchObject({ refused: { bad_vtep: 1 } }));
    c.api.sync('stretch/c-a', stretchRow(c, a, VTEPS['b']));
    await eventually(() => expect(imported(c, a)).toEqual({ [MAC]: by('a', 'b') }));
    c.api.sync('stretch/c-a', stretchRow(c, a));
    b.meet(c, { transit: true });
    await eventually(() => expect(imported(c, a)).toEqual({ [MAC]: by('a', 'b') }));
  });

  it('says when it does not hear the cloud any more, and what is known stays', async () => {
    await a.program.kill();
    await eventually(() => expect(stretch(c, a)).toMatchObject({ state: 'stale', accepted: 1 }));
    expect(imported(c, a)).toEqual({ [MAC]: by('a', 'b') });
  });

  it('may be started again meanwhile: what it does not know is not gone', async () => {
    await b.program.stop();
    await b.startSync();
    await eventually(() => expect(c.api.report('peer/b')).toMatchObject({ state: 'live', epoch: 2 }));
    await eventually(() => expect(stretch(c, a)).toMatchObject({ state: 'stale' }));
    expect(imported(c, a)).toEqual({ [MAC]: by('a', 'b') });
    const writes = c.api.writes.length;
    await a.startSync();
    await eventually(() => expect(stretch(c, a)).toMatchObject({ state: 'live' }));
    expect(c.api.writes.slice(writes).filter((table) => table.startsWith('import/a/'))).toEqual([]);
  });

  it('takes back everywhere what the cloud takes back', async () => {
    a.api.export('net-a', { [MAC]: undefined, [OTHER]: port('10.0.0.5') });
    await eventually(() => expect(imported(c, a)).toEqual({ [OTHER]: by('a', 'b') }));
  });

  it('does not matter once the two hear each other, and again when they do not', async () => {
    c.meet(a, { servers: [a.nats.url] });
    await eventually(() => expect(imported(c, a)).toEqual({ [OTHER]: port('10.0.0.5') }));
    await eventually(() => expect(stretch(c, a)).toMatchObject({ state: 'live', digestsEqual: true }));
    c.meet(a);
    await eventually(() => expect(imported(c, a)).toEqual({ [OTHER]: by('a', 'b') }));
  });

  it('takes back what it passed on when it is no longer to do so', async () => {
    b.meet(a);
    await eventually(() => expect(imported(c, a)).toEqual({}));
    expect(imported(b, a)).toEqual({ [OTHER]: port('10.0.0.5') });
  });
});

/** A speaks with both hubs, the hubs with each other, and nobody else with D but the second. */
describe('Two clouds that pass on what they hear, also to each other', () => {
  let all: SyncCloud[] = [];
  const cloud = (id: string): SyncCloud => {
    const found = all.find((each) => each.id === id);
    if (found === undefined) throw new Error(`there is no cloud ${id}`);
    return found;
  };
  /** Tables by which somebody is told of A's MACs. */
  const heard: string[] = [];

  beforeAll(async () => {
    all = await startAll('a', 'b', 'c', 'd');
    const [a, b, c, d] = all as [SyncCloud, SyncCloud, SyncCloud, SyncCloud];
    const transit = { transit: true };
    for (const [from, to] of [
      [a, b],
      [a, c],
      [b, c],
      [d, c],
    ] as const) {
      join(from, to, { servers: [to.nats.url], ...(from === b ? transit : {}) });
      join(to, from, transit);
    }
    join(a, d);
    join(d, a);
    join(b, d, transit);
    join(d, b);
    for (const { api } of all)
      api.bus.subscribe('l2gw.v1.cloud.*.table.>', ({ subject, body }) => {
        if (body.includes(MAC)) heard.push(subject);
      });
    await Promise.all(all.map((each) => each.startSync()));
  });
  afterAll(() => Promise.all(all.map((each) => each.stop())));

  const known = (at: string, of: string): object => imported(cloud(at), cloud(of));

  it('say each thing once to each that does not know it, and nothing comes back', async () => {
    await eventually(() => {
      for (const each of ['b', 'c']) expect(stretch(cloud(each), cloud('a'))).toMatchObject({ state: 'live' });
      expect(stretch(cloud('d'), cloud('a'))).toMatchObject({ state: 'live', reason: 'heard by way of c' });
    });
    cloud('a').api.export('net-a', { [MAC]: port('10.0.0.5') });
    await eventually(() => expect(known('d', 'a')).toEqual({ [MAC]: by('a', 'c') }));
    await eventually(() =>
      expect([known('b', 'a'), known('c', 'a')]).toEqual(Array(2).fill({ [MAC]: port('10.0.0.5') })),
    );
    expect(all.map((each) => each.api.imported('b', `${each.id}-b`))).toEqual(Array(4).fill({}));
    expect(heard.filter((subject) => subject.includes('.stretch.a.'))).toEqual([]);
    expect(heard.length).toBeLessThanOrEqual(12);
  });

  it('find the other way when one is lost, and nobody takes an echo for it', async () => {
    cloud('a').meet(cloud('c'), { enabled: false });
    await eventually(() => expect(known('c', 'a')).toEqual({ [MAC]: by('a', 'b') }));
    await eventually(() => expect(known('d', 'a')).toEqual({ [MAC]: by('a', 'b', 'c') }));
    expect(known('b', 'a')).toEqual({ [MAC]: port('10.0.0.5') });
  });

  it('forget everywhere what is taken back', async () => {
    cloud('a').api.export('net-a', { [MAC]: undefined });
    await eventually(() => expect(['b', 'c', 'd'].map((each) => known(each, 'a'))).toEqual(Array(3).fill({})));
  });
});
