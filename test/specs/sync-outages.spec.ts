import { syncReport } from '@l2gw/contracts';
import { DroppingRelay } from '../harness/dropping-relay.js';
import { eventually } from '../harness/eventually.js';
import { SyncCloud } from '../harness/sync-cloud.js';
import { type TcpProxy, startTcpProxy } from '../harness/tcp-proxy.js';

const mac = (host: number): string =>
  `02:00:00:00:${Math.floor(host / 256)
    .toString(16)
    .padStart(2, '0')}:${(host % 256).toString(16).padStart(2, '0')}`;
const port = (sequence = 0): object => ({ sequence, ips: [], kind: 'port' });
const range = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, at) => mac(from + at));
const macs = (from: number, to: number): Record<string, object | undefined> =>
  Object.fromEntries(range(from, to).map((each) => [each, port()]));
const gone = (from: number, to: number): Record<string, undefined> =>
  Object.fromEntries(range(from, to).map((each) => [each, undefined]));

/** Cloud b dials cloud a over a route that the spec controls. */
describe('What a peer has said', () => {
  let a: SyncCloud;
  let b: SyncCloud;
  let route: TcpProxy;

  const importedByB = (): string[] => Object.keys(b.api.imported('a', 'net-b')).sort();
  const writesOfB = (): number => b.api.writes.filter((table) => table.startsWith('import/')).length;
  const stateOf = (cloud: SyncCloud, peer: SyncCloud): unknown => {
    const row = cloud.api.report(`peer/${peer.id}`);
    return row?.report === 'peer' ? row.state : undefined;
  };

  async function areLive(): Promise<void> {
    await eventually(() => expect([stateOf(a, b), stateOf(b, a)]).toEqual(['live', 'live']), { timeoutMs: 20_000 });
  }

  beforeEach(async () => {
    [a, b] = await Promise.all([SyncCloud.start({ id: 'a' }), SyncCloud.start({ id: 'b' })]);
    route = await startTcpProxy({ port: a.nats.port });
    a.meet(b);
    b.meet(a, { servers: [`nats://127.0.0.1:${route.port}`] });
    a.api.export('net-a', macs(0, 200));
    b.api.export('net-b', macs(1000, 1010));
    a.share('net-a', 'b');
    b.share('net-b', 'a');
    await Promise.all([a.startSync(), b.startSync()]);
    await areLive();
    await eventually(() => expect(importedByB()).toHaveLength(200));
  });

  afterEach(async () => {
    await Promise.all([a.stop(), b.stop()]);
    await route.stop();
  });

  it('is kept while the route between the clouds swallows everything, and is right again within seconds after', async () => {
    route.pause();
    await eventually(() => expect([stateOf(a, b), stateOf(b, a)]).toEqual(['silent', 'silent']));
    a.api.export('net-a', { ...gone(0, 50), ...macs(300, 310) });
    b.api.export('net-b', gone(1000, 1005));
    await eventually(() => expect(b.api.report('stretch/net-b')).toMatchObject({ state: 'stale', accepted: 200 }));
    expect(importedByB()).toHaveLength(200);
    route.cut();
    route.resume();
    await eventually(() => expect(importedByB()).toEqual(Object.keys({ ...macs(50, 200), ...macs(300, 310) }).sort()));
    await eventually(() => expect(Object.keys(a.api.imported('b', 'net-a'))).toHaveLength(5));
    await areLive();
  });

  it('goes after its time when the peer stays silent', async () => {
    b.meet(a, { servers: [`nats://127.0.0.1:${route.port}`], staleSeconds: 1 });
    route.pause();
    await eventually(() => expect(stateOf(b, a)).toBe('silent'));
    await eventually(() => expect(importedByB()).toEqual([]));
    route.cut();
    route.resume();
    await eventually(() => expect(importedByB()).toHaveLength(200));
  });

  it('is kept while its remote-sync is dead, and exactly what went meanwhile goes when it is back', async () => {
    await a.program.kill();
    a.api.export('net-a', gone(0, 100));
    await eventually(() => expect(stateOf(b, a)).toBe('silent'));
    expect(importedByB()).toHaveLength(200);
    const before = b.api.pushed.writes;
    await a.startSync();
    await eventually(() => expect(importedByB()).toEqual(Object.keys(macs(100, 200)).sort()));
    await areLive();
    await eventually(() => expect(b.api.report('stretch/net-b')).toMatchObject({ state: 'live', accepted: 100 }));
    expect(b.api.pushed.writes - before).toBeLessThan(100 + 20);
  });

  it('costs no write when either end is restarted and nothing has changed', async () => {
    const before = writesOfB();
    await a.program.stop();
    await eventually(() =>
      expect(b.api.report('peer/a')).toMatchObject({ state: 'silent', reason: 'it has said good-bye' }),
    );
    await a.startSync();
    await areLive();
    await eventually(() => expect(b.api.report('stretch/net-b')).toMatchObject({ accepted: 200, digestsEqual: true }));
    expect(importedByB()).toHaveLength(200);
    expect(writesOfB()).toBe(before);
    const { length } = b.api.writes;
    const told = Object.fromEntries(b.api.pushed.rowsOf(syncReport.table));
    const epoch = b.api.settled.get(syncReport.table) ?? 0;
    await b.program.stop();
    await b.startSync();
    await eventually(() => expect(b.api.settled.get(syncReport.table)).toBeGreaterThan(epoch), { timeoutMs: 20_000 });
    expect(Object.fromEntries(b.api.pushed.rowsOf(syncReport.table))).toEqual(told);
    expect(b.api.writes.slice(length)).toEqual([]);
    expect(b.api.report('stretch/net-b')).toMatchObject({ state: 'live', accepted: 200 });
  });

  it('is kept when a second instance takes over from one that died', async () => {
    const active = a.program;
    const standby = await a.startSync();
    await eventually(() => expect(standby.events).toContainEqual(expect.objectContaining({ event: 'standby' })));
    const before = writesOfB();
    await active.kill();
    await eventually(() =>
      expect(standby.events).toContainEqual(expect.objectContaining({ event: 'active', epoch: 2 })),
    );
    await eventually(() => expect(b.api.report('peer/a')).toMatchObject({ state: 'live', epoch: 2 }));
    a.api.export('net-a', gone(0, 10));
    await eventually(() => expect(importedByB()).toHaveLength(190));
    expect(writesOfB()).toBe(before + 1);
  });

  it('is not told by an instance that was paused while another one took over', async () => {
    const paused = a.program;
    const successor = await a.startSync();
    await eventually(() => expect(successor.events).toContainEqual(expect.objectContaining({ event: 'standby' })));
    paused.pause();
    await eventually(() =>
      expect(successor.events).toContainEqual(expect.objectContaining({ event: 'active', epoch: 2 })),
    );
    a.api.export('net-a', gone(0, 10));
    await eventually(() => expect(importedByB()).toHaveLength(190));
    paused.resume();
    await eventually(() => expect(paused.events).toContainEqual(expect.objectContaining({ event: 'standby' })));
    a.api.export('net-a', gone(10, 20));
    await eventually(() => expect(importedByB()).toEqual(range(20, 200)));
    expect(b.api.report('peer/a')).toMatchObject({ state: 'live', epoch: 2 });
  });

  it('is not told by an instance that the API no longer answers, and is told again when it does', async () => {
    a.api.isAway = true;
    await eventually(() => expect(a.program.events).toContainEqual(expect.objectContaining({ event: 'not-active' })));
    await eventually(() => expect(stateOf(b, a)).toBe('silent'));
    expect(importedByB()).toHaveLength(200);
    a.api.isAway = false;
    await eventually(() => expect(b.api.report('peer/a')).toMatchObject({ state: 'live', epoch: 2 }));
  });

  it('is what the peer has now, also when its database was set back to an older epoch', async () => {
    for (const epoch of [2, 3]) {
      await a.program.kill();
      await a.startSync();
      await eventually(() => expect(b.api.report('peer/a')).toMatchObject({ state: 'live', epoch }), {
        timeoutMs: 20_000,
      });
    }
    await a.program.kill();
    a.api.setEpochBack(0);
    a.api.export('net-a', gone(0, 150));
    await a.startSync();
    await eventually(() => expect(b.api.report('peer/a')).toMatchObject({ state: 'live', epoch: 4 }), {
      timeoutMs: 20_000,
    });
    await eventually(() => expect(importedByB()).toEqual(Object.keys(macs(150, 200)).sort()));
  });

  it('survives a restart of the bus under it', async () => {
    await a.nats.restart();
    a.api.export('net-a', gone(0, 20));
    await eventually(() => expect(importedByB()).toHaveLength(180), { timeoutMs: 20_000 });
    await areLive();
  });
});

describe('A route that loses a third of what is said', () => {
  it('delays the truth and never bends it', async () => {
    const [a, b] = await Promise.all([SyncCloud.start({ id: 'a' }), SyncCloud.start({ id: 'b' })]);
    let isBad = true;
    let sent = 0;
    const relay = await DroppingRelay.start(a.nats.port, (subject) => {
      sent += 1;
      return isBad && subject.includes('cloud') && sent % 3 === 0;
    });
    try {
      a.meet(b);
      b.meet(a, { servers: [relay.url] });
      a.api.export('net-a', macs(0, 50));
      b.api.export('net-b', {});
      a.share('net-a', 'b');
      b.share('net-b', 'a');
      await Promise.all([a.startSync(), b.startSync()]);
      for (let round = 1; round <= 40; round += 1) {
        a.api.export('net-a', {
          [mac(round)]: port(round),
          [mac(1000 + round)]: port(),
          [mac(999 + round)]: undefined,
        });
        await eventually(() => expect(relay.dropped).toBeGreaterThanOrEqual(round / 2), { timeoutMs: 20_000 });
      }
      isBad = false;
      const wanted = { ...macs(0, 50), [mac(1040)]: port() };
      for (let round = 1; round <= 40; round += 1) wanted[mac(round)] = port(round);
      await eventually(() => expect(b.api.imported('a', 'net-b')).toEqual(wanted));
      expect(relay.dropped).toBeGreaterThanOrEqual(20);
    } finally {
      await Promise.all([a.stop(), b.stop()]);
      await relay.stop();
    }
  });
});
