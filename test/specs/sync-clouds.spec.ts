import { eventually } from '../harness/eventually.js';
import { SyncCloud } from '../harness/sync-cloud.js';

const MAC = '02:00:00:00:00:01';
const OTHER = '02:00:00:00:00:02';
const port = (...ips: string[]): object => ({ sequence: 0, ips, kind: 'port' });

describe('Two clouds that share a network', () => {
  let a: SyncCloud;
  let b: SyncCloud;

  beforeAll(async () => {
    [a, b] = await Promise.all([SyncCloud.start({ id: 'a' }), SyncCloud.start({ id: 'b' })]);
    a.meet(b);
    b.meet(a, { servers: [a.nats.url] });
    a.api.export('net-a', { [MAC]: port('10.0.0.5') });
    b.api.export('net-b', {});
    a.share('net-a', 'b');
    b.share('net-b', 'a');
    await Promise.all([a.startSync(), b.startSync()]);
  });

  afterAll(() => Promise.all([a.stop(), b.stop()]));

  it('know each other, though only one of them dials', async () => {
    await eventually(() => {
      expect(a.api.report('peer/b')).toMatchObject({ state: 'live' });
      expect(b.api.report('peer/a')).toMatchObject({ state: 'live' });
    });
    expect(b.api.report('peer/a')).toMatchObject({ epoch: 1 });
  });

  it('have what the other one has', async () => {
    await eventually(() => expect(b.api.imported('a', 'net-b')).toEqual({ [MAC]: port('10.0.0.5') }));
    b.api.export('net-b', { [OTHER]: port('10.0.0.6', '2001:db8::6') });
    await eventually(() => expect(a.api.imported('b', 'net-a')).toEqual({ [OTHER]: port('10.0.0.6', '2001:db8::6') }));
    a.api.export('net-a', { [MAC]: undefined });
    await eventually(() => expect(b.api.imported('a', 'net-b')).toEqual({}));
    await eventually(() =>
      expect(a.api.report('stretch/net-a')).toMatchObject({
        state: 'live',
        accepted: 1,
        refused: {},
        digestsEqual: true,
      }),
    );
  });

  it('do not share what has another number there, until it has the same', async () => {
    a.api.export('net-c', { [MAC]: port() });
    b.api.export('net-d', {});
    a.share('net-c', 'b', { segId: 500 });
    b.share('net-d', 'a', { segId: 501 });
    await eventually(() => {
      expect(a.api.report('stretch/net-c')).toMatchObject({ state: 'seg_mismatch', theirSegIds: [501] });
      expect(b.api.report('stretch/net-d')).toMatchObject({
        state: 'seg_mismatch',
        theirSegIds: [500],
        reason: 'we know the network by 501, the peer shares 500',
      });
    });
    expect(b.api.imported('a', 'net-d')).toEqual({});
    b.share('net-d', 'a', { segId: 500 });
    await eventually(() => expect(b.api.imported('a', 'net-d')).toEqual({ [MAC]: port() }));
    await eventually(() => expect(b.api.report('stretch/net-d')).toMatchObject({ state: 'live' }));
  });

  it('take back what they shared when they cease to share it', async () => {
    a.api.sync('stretch/net-c', undefined);
    await eventually(() => expect(b.api.imported('a', 'net-d')).toEqual({}));
    await eventually(() => expect(b.api.report('stretch/net-d')).toMatchObject({ state: 'unmatched' }));
    await eventually(() => expect(a.api.report('stretch/net-c')).toBeUndefined());
    b.api.sync('stretch/net-d', undefined);
  });

  it('tell only what their rules let pass, and a change of the rules changes the difference', async () => {
    a.api.export('net-a', { [MAC]: port(), 'fa:16:3e:00:00:01': port(), '00:00:5e:00:01:02': port() });
    await eventually(() =>
      expect(Object.keys(b.api.imported('a', 'net-b')).sort()).toEqual([MAC, 'fa:16:3e:00:00:01']),
    );
    a.meet(b, { exportRules: [{ action: 'reject', mac: 'fa:16:3e' }] });
    await eventually(() => expect(Object.keys(b.api.imported('a', 'net-b'))).toEqual([MAC]));
    b.meet(a, { servers: [a.nats.url], importRules: [{ action: 'reject', kind: 'port' }] });
    await eventually(() => expect(b.api.imported('a', 'net-b')).toEqual({}));
    await eventually(() =>
      expect(b.api.report('stretch/net-b')).toMatchObject({ accepted: 0, refused: { policy: 1 } }),
    );
    a.meet(b);
    b.meet(a, { servers: [a.nats.url] });
    await eventually(() =>
      expect(Object.keys(b.api.imported('a', 'net-b')).sort()).toEqual([MAC, 'fa:16:3e:00:00:01']),
    );
  });

  it('accept nothing of an end that is not where they know it to be', async () => {
    b.share('net-b', 'a', { vtep: '192.0.2.77' });
    await eventually(() => expect(b.api.imported('a', 'net-b')).toEqual({}));
    await eventually(() =>
      expect(b.api.report('stretch/net-b')).toMatchObject({
        reason: "the peer's end is not at 192.0.2.77, our remote gateway",
        refused: { bad_vtep: 2 },
      }),
    );
    a.share('net-a', 'b', { ownVteps: ['192.0.2.77'] });
    await eventually(() => expect(Object.keys(b.api.imported('a', 'net-b'))).toHaveLength(2));
  });

  it('refuse what is beyond the limit, keep what they have, and take in what waits when there is room', async () => {
    const witness = '02:00:00:00:00:77';
    const limits = { macs: 3, ips: 64, total: 100 };
    a.api.export('net-a', { [witness]: port() });
    await eventually(() => expect(b.api.report('stretch/net-b')).toEqual(noneRefused(3)));
    b.meet(a, { servers: [a.nats.url], limits, importRules: [{ action: 'reject', mac: witness }] });
    await eventually(() =>
      expect(b.api.report('stretch/net-b')).toMatchObject({ accepted: 2, refused: { policy: 1 } }),
    );
    a.api.export('net-a', { '02:00:00:00:01:01': port(), '02:00:00:00:01:02': port(), '02:00:00:00:01:03': port() });
    await eventually(() =>
      expect(b.api.report('stretch/net-b')).toMatchObject({ accepted: 3, refused: { limit: 2, policy: 1 } }),
    );
    expect(Object.keys(b.api.imported('a', 'net-b'))).toEqual(expect.arrayContaining([MAC, 'fa:16:3e:00:00:01']));
    a.api.export('net-a', { [MAC]: undefined, 'fa:16:3e:00:00:01': undefined, [witness]: undefined });
    await eventually(() => expect(b.api.report('stretch/net-b')).toEqual(noneRefused(3)));
  });

  it('keep the same MACs over a restart, though others came first in the table', async () => {
    a.api.export('net-a', { '02:00:00:00:00:aa': port() });
    await eventually(() => expect(b.api.report('stretch/net-b')).toMatchObject({ accepted: 3, refused: { limit: 1 } }));
    const kept = Object.keys(b.api.imported('a', 'net-b')).sort();
    const [{ length }, epoch] = [b.api.writes, b.api.settled.get('sync-report') ?? 0];
    await b.program.stop();
    await b.startSync();
    await eventually(() => expect(b.api.settled.get('sync-report')).toBeGreaterThan(epoch));
    expect(b.api.report('stretch/net-b')).toMatchObject({ accepted: 3, refused: { limit: 1 } });
    expect(Object.keys(b.api.imported('a', 'net-b')).sort()).toEqual(kept);
    expect(b.api.writes.slice(length)).toEqual([]);
    a.api.export('net-a', { '02:00:00:00:00:aa': undefined });
    await eventually(() => expect(b.api.report('stretch/net-b')).toEqual(noneRefused(3)));
  });

  it('answer their operators what the other one says now, and what became of it', async () => {
    b.api.export('net-b', { '00:00:00:00:00:00': port() });
    const rows = [
      { mac: '02:00:00:00:01:01', accepted: true, refused: [] },
      { mac: '02:00:00:00:01:02', accepted: true, refused: [] },
      { mac: '02:00:00:00:01:03', accepted: true, refused: [] },
    ].map((row) => ({ ...row, connection: 'net-b', network: 'net-b', said: { ...port(), static: false } }));
    const [, , last] = rows;
    expect(await b.ask('rib-in', { peer: 'a', limit: 2 })).toEqual({ answer: { rows: rows.slice(0, 2), more: true } });
    const after = { connection: 'net-b', mac: '02:00:00:00:01:02' };
    expect(await b.ask('rib-in', { peer: 'a', limit: 2, after })).toEqual({ answer: { rows: [last], more: false } });
    expect(await b.ask('rib-in', { peer: 'a', limit: 9, network: 'net-c' })).toMatchObject({ answer: { rows: [] } });
    await eventually(async () =>
      expect(await a.ask('rib-in', { peer: 'b', limit: 9 })).toMatchObject({
        answer: {
          rows: [
            { mac: '00:00:00:00:00:00', accepted: false, refused: ['multicast'] },
            { mac: OTHER, accepted: true },
          ],
        },
      }),
    );
    b.api.export('net-b', { '00:00:00:00:00:00': undefined });
  });

  it('compare everything when an operator wants it, and say what differed', async () => {
    const equal = { answered: true, settled: true, compared: 1, differing: 0, stretches: [] };
    await eventually(async () => expect(await b.ask('refresh', { peer: 'a' })).toEqual({ answer: equal }));
    const unknown = { failure: expect.stringMatching(/nothing is shared with the peer/) as string };
    expect(await b.ask('refresh', { peer: 'nobody' })).toEqual(unknown);
    expect(await b.ask('guess', { peer: 'a' })).toMatchObject({
      failure: expect.stringMatching(/does not know this question/) as string,
    });
  });

  it('take back everything when a peer is disabled, and tell it again when it is enabled', async () => {
    b.meet(a, { servers: [a.nats.url], enabled: false });
    await eventually(() => expect(b.api.imported('a', 'net-b')).toEqual({}));
    await eventually(() => expect(a.api.imported('b', 'net-a')).toEqual({}));
    const left = { state: 'silent', reason: 'it has said good-bye' };
    await eventually(() => expect(a.api.report('peer/b')).toMatchObject(left));
    b.meet(a, { servers: [a.nats.url] });
    await eventually(() => expect(Object.keys(b.api.imported('a', 'net-b'))).toHaveLength(3));
    await eventually(() => expect(Object.keys(a.api.imported('b', 'net-a'))).toEqual([OTHER]));
  });

  it('refuse a peer that has their own id', async () => {
    a.api.sync('peer/twin', { ...twin(a), servers: [b.nats.url] });
    await eventually(() => expect(a.api.report('peer/twin')).toMatchObject({ state: 'id_conflict' }));
    a.api.sync('peer/twin', undefined);
    await eventually(() => expect(a.api.report('peer/twin')).toBeUndefined());
  });
});

/** Exactly so many, and none refused for any reason. */
function noneRefused(accepted: number): unknown {
  return expect.objectContaining({ accepted, refused: {} });
}

function twin({ id, key }: SyncCloud): object {
  const limits = { macs: 1, ips: 1, total: 1 };
  return {
    name: 'twin',
    cloud: id,
    keys: [key.publicKey],
    enabled: true,
    limits,
    staleSeconds: 1,
    exportRules: [],
    importRules: [],
  };
}
