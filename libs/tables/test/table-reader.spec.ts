import { changesOf, Cloud, put, T } from './reader-cloud.js';

describe('A reader', () => {
  it('takes a snapshot, page by page, and then lives on deltas alone', async () => {
    const cloud = new Cloud();
    cloud.write(...Array.from({ length: 4500 }, (_, at) => put(`k${at}`, at)));
    const replica = cloud.follow();
    const changes = changesOf(replica);
    expect(replica).toMatchObject({ complete: false, stale: true, revision: -1, size: 0 });
    await cloud.clock.pass(1000);
    expect(cloud.requests().map((subject) => subject.split('.').at(-1))).toEqual([
      'check',
      'snapshot',
      'snapshot',
      'snapshot',
      'since',
    ]);
    expect(changes.map(({ keys, nowComplete }) => [keys.length, nowComplete])).toEqual([[4500, true]]);
    expect(replica).toMatchObject({ complete: true, stale: false, size: 4500 });
    await cloud.clock.pass(3500); // the first life sign has it asked once more
    expect(cloud.requests()).toEqual(['l2gw.v1.req.r.check']);

    for (let round = 0; round < 20; round += 1) {
      cloud.write(put('k1', `again ${round}`), { key: `k${round + 100}` });
      await cloud.clock.pass(500);
    }
    expect(cloud.requests()).toEqual([]);
    expect(changes).toHaveLength(21);
    expect([...replica.entries()]).toHaveLength(4480);
    expect(replica.get('k1')).toBe('again 19');
  });

  it('tells only of keys whose row became another', async () => {
    const cloud = new Cloud();
    cloud.write(put('a'), put('b'), put('c'));
    const replica = cloud.follow();
    await cloud.clock.pass(1000);
    const changes = changesOf(replica);
    cloud.readerBus.cut('noticed');
    cloud.write(put('a', 2), { key: 'b' }, put('d'));
    cloud.write(put('d', 7), put('c', 5));
    cloud.write(put('c', 1));
    await cloud.clock.pass(20_000);
    cloud.readerBus.mend('noticed');
    await cloud.clock.pass(4000);
    expect(changes.map(({ keys }) => [...keys].sort())).toEqual([['a', 'b', 'd']]);
  });

  it('compares buckets when it is too far behind, and fetches only what differs', async () => {
    const cloud = new Cloud({ mostDrops: 1 });
    cloud.write(...Array.from({ length: 3000 }, (_, at) => put(`k${at}`, at)));
    const replica = cloud.follow();
    await cloud.clock.pass(1000);
    cloud.readerBus.cut('noticed');
    cloud.write({ key: 'k1' }, { key: 'k2' }, { key: 'k3' });
    cloud.requests();
    cloud.readerBus.mend('noticed');
    await cloud.clock.pass(4000);
    const verbs = cloud.requests().map((subject) => subject.split('.').at(-1));
    const repair = verbs.filter((verb) => verb !== 'check');
    expect(repair).toEqual(['since', 'digest', 'bucket', 'bucket', 'bucket', 'since']);
    expect(replica.size).toBe(2997);
  });

  it('begins with what it had before, stale until the writer has confirmed it', async () => {
    const before = new Cloud();
    before.write(put('a'), put('b'));
    const old = before.follow();
    await before.clock.pass(1000);
    const dump: unknown = JSON.parse(JSON.stringify(old.dump()));

    const cloud = new Cloud();
    cloud.write(put('a'), put('b'));
    cloud.server.stop();
    const replica = cloud.follow();
    const changes = changesOf(replica);
    expect(replica.restore({ ...old.dump(), rows: 'none' })).toBe(false);
    expect(replica.restore(dump)).toBe(true);
    expect(changes).toEqual([{ keys: ['a', 'b'], nowComplete: true, nowConfirmed: false }]);
    await cloud.clock.pass(1000);
    expect(replica).toMatchObject({ complete: true, confirmed: false, stale: true, size: 2 });
    cloud.server.start();
    cloud.requests();
    await cloud.clock.pass(60_000);
    expect(replica).toMatchObject({ complete: true, confirmed: true, stale: false, size: 2 });
    expect(new Set(cloud.requests())).toEqual(new Set(['l2gw.v1.req.r.check']));
    expect(changes.slice(1)).toEqual([{ keys: [], nowComplete: false, nowConfirmed: true }]);
  });

  it('relies on what it had before as soon as it has what has changed since, also if the writer says nothing more', async () => {
    const cloud = new Cloud();
    cloud.write(put('a'));
    const before = cloud.follow();
    await cloud.clock.pass(1000);
    const dump = before.dump();
    cloud.reader.unfollow(T);
    cloud.write(put('b'));
    await cloud.clock.pass(10_000);
    const replica = cloud.follow();
    const changes = changesOf(replica);
    expect(replica.restore(dump)).toBe(true);
    await cloud.clock.pass(500);
    expect(replica).toMatchObject({ complete: true, confirmed: true, stale: false, size: 2 });
    expect(changes.at(-1)).toMatchObject({ nowConfirmed: true });
  });

  it('knows up to which revision of the writer a quiet table is complete, when asked', async () => {
    const cloud = new Cloud();
    cloud.write(put('a'));
    const replica = cloud.follow();
    await cloud.clock.pass(1000);
    cloud.tables.write('network/other', [put('x')]);
    const { revision } = cloud.tables.now();
    expect(replica.asOf).toBeLessThan(revision);
    cloud.reader.ask(T);
    await cloud.clock.pass(500);
    expect(replica.asOf).toBe(revision);
    expect(replica.revision).toBeLessThan(revision);
  });

  it('tells of rows while it fetches them, if it is asked to: of some first, then page by page', async () => {
    const cloud = new Cloud();
    const keys = Array.from({ length: 5000 }, (_, at) => `k${10_000 + at}`);
    cloud.write(...[...keys, 'last'].map(put));
    const replica = cloud.reader.follow(T, (_, raw) => raw, { early: ['last'] });
    const heard: { readonly keys: readonly string[]; readonly nowComplete: boolean }[] = [];
    replica.onChange(({ keys: changed, nowComplete }) => heard.push({ keys: changed, nowComplete }));
    await cloud.clock.pass(1000);
    expect(heard[0]?.keys).toContain('last');
    expect(heard.length).toBeGreaterThan(3);
    expect(heard.map(({ nowComplete }) => nowComplete)).toEqual(heard.map((_, at) => at === heard.length - 1));
    expect(heard.at(-1)?.keys).toEqual([]);
    expect(heard.flatMap((each) => each.keys).sort()).toEqual([...keys, 'last'].sort());
  });

  it('tells no more early than it may hold of a table that is far larger', async () => {
    const cloud = new Cloud();
    cloud.write(...Array.from({ length: 5000 }, (_, at) => put(`k${10_000 + at}`)), put('last'));
    const bound = { most: () => 50, keeps: (key: string) => key === 'last', isKnown: () => true };
    const replica = cloud.reader.follow(T, (_, raw) => raw, { early: ['last'], bound });
    const heard = changesOf(replica);
    await cloud.clock.pass(1000);
    expect(heard[0]?.keys).toContain('last');
    expect(heard.map(({ nowComplete }) => nowComplete)).toEqual(heard.map((_, at) => at === heard.length - 1));
    const told = heard.flatMap(({ keys }) => keys);
    expect(new Set(told).size).toBe(told.length);
    expect(told.sort()).toEqual([...replica.keys()].sort());
    expect(replica).toMatchObject({ complete: true, partial: true, size: 50 });
  });

  it('repairs a few tables at a time', async () => {
    const cloud = new Cloud();
    const names = Array.from({ length: 30 }, (_, at) => `network/m${at}`);
    for (const name of names) cloud.tables.write(name, [put('a')]);
    const replicas = names.map((name) => cloud.follow(name));
    await cloud.clock.pass(26);
    expect(replicas.filter(({ complete }) => complete).length).toBeLessThan(30);
    await cloud.clock.pass(1000);
    expect(replicas.every(({ complete }) => complete)).toBe(true);
    expect(cloud.requests().filter((subject) => subject.endsWith('check'))).toHaveLength(1);
  });

  it('is told by the writer, not by time, that somebody else writes now', async () => {
    const cloud = new Cloud();
    cloud.write(put('a'));
    cloud.follow();
    await cloud.clock.pass(10_000);
    cloud.requests();
    const life = { epoch: 'e', revision: 99, instance: 'another', at: 1 };
    cloud.net.client().publish('l2gw.v1.life.api', JSON.stringify(life));
    await cloud.clock.pass(2100);
    expect(cloud.requests()).toContain('l2gw.v1.req.r.check');
  });

  it('hears no more of a table that it has left', async () => {
    const cloud = new Cloud();
    cloud.write(put('a'));
    const replica = cloud.follow();
    await cloud.clock.pass(1000);
    cloud.reader.unfollow(T);
    cloud.write(put('b'));
    await cloud.clock.pass(1000);
    expect(replica.size).toBe(1);
    expect(cloud.follow().complete).toBe(false);
  });
});
