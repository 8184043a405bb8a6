import { NotConverging, TableUnavailable } from '../src/index.js';
import { Cloud, put, T } from './reader-cloud.js';

/** The writer hashes it as an object, and sends it as a text. */
const HASHED_OTHERWISE = new Date(0);

describe('A reader in trouble', () => {
  it('calls its replicas stale when the writer has been silent for 5 s, and keeps them', async () => {
    const cloud = new Cloud();
    cloud.write(put('a'));
    const replica = cloud.follow();
    await cloud.clock.pass(1000);
    cloud.publisher.stop();
    await cloud.clock.pass(4900);
    expect(replica.stale).toBe(false);
    await cloud.clock.pass(1200);
    expect(replica).toMatchObject({ stale: true, complete: true, size: 1 });
    cloud.publisher.start();
    await cloud.clock.pass(100);
    expect(replica.stale).toBe(false);
    expect(cloud.silences).toEqual([true, false]);
  });

  it('empties the replica of a removed table, even if it was not there when that happened', async () => {
    const cloud = new Cloud();
    cloud.write(put('a'), put('b'));
    const replica = cloud.follow();
    await cloud.clock.pass(1000);
    cloud.readerBus.cut('noticed');
    cloud.tables.remove(T);
    cloud.readerBus.mend('noticed');
    await cloud.clock.pass(3000);
    expect(replica).toMatchObject({ complete: true, stale: false, size: 0 });
    cloud.requests();
    await cloud.clock.pass(300_000);
    expect(new Set(cloud.requests())).toEqual(new Set(['l2gw.v1.req.r.check']));
    cloud.write(put('c'));
    await cloud.clock.pass(100);
    expect([...replica.entries()]).toEqual([['c', 1]]);
  });

  it('gives up for a minute when two repairs have not made the digests equal, and says so', async () => {
    const cloud = new Cloud();
    cloud.write(put('a'));
    const replica = cloud.follow();
    await cloud.clock.pass(10_000);
    cloud.requests();
    cloud.write(put('b', [0, HASHED_OTHERWISE]));
    await cloud.clock.pass(60_000);
    expect(cloud.problems).toEqual([new NotConverging(T)]);
    expect(replica).toMatchObject({ diverging: true, complete: true, size: 2 });
    const digests = () => cloud.requests().filter((subject) => subject.endsWith('.digest')).length;
    expect(digests()).toBe(2);
    for (let minute = 0; minute < 10; minute += 1) {
      cloud.write(put('b', [minute, HASHED_OTHERWISE]));
      await cloud.clock.pass(60_000);
      expect(digests()).toBeLessThanOrEqual(1);
    }
  });

  it('never takes an unknown table for an empty one', async () => {
    const cloud = new Cloud();
    const replica = cloud.follow();
    await cloud.clock.pass(200_000);
    expect(replica).toMatchObject({ complete: false, stale: true });
    expect(cloud.problems[0]).toEqual(new TableUnavailable(T, 'unknown'));
    cloud.write();
    await cloud.clock.pass(10_000);
    expect(replica).toMatchObject({ complete: true, stale: false, size: 0 });
  });

  it('keeps what it has when it may not read any longer', async () => {
    let allowed = true;
    const cloud = new Cloud({ mayRead: () => allowed });
    cloud.write(put('a'));
    const replica = cloud.follow();
    await cloud.clock.pass(1000);
    allowed = false;
    cloud.reader.ask(T);
    await cloud.clock.pass(1000);
    expect(replica).toMatchObject({ complete: true, stale: true, size: 1 });
    expect(cloud.problems).toEqual([new TableUnavailable(T, 'refused')]);
  });

  it('is not stale any more as soon as it has what it missed while it could not read', async () => {
    let allowed = true;
    const cloud = new Cloud({ mayRead: () => allowed });
    cloud.write(put('a'));
    const replica = cloud.follow();
    await cloud.clock.pass(10_000);
    allowed = false;
    cloud.tables.write(T, [put('b')]); // which nobody publishes
    cloud.reader.ask(T);
    await cloud.clock.pass(300);
    expect(replica).toMatchObject({ stale: true, size: 1 });
    allowed = true;
    cloud.requests();
    await cloud.clock.pass(1000);
    expect(replica).toMatchObject({ stale: false, size: 2 });
    expect(cloud.requests()).toEqual(['l2gw.v1.req.r.check', 'l2gw.v1.req.r.since']);
  });

  it('leaves out a row that it cannot decode, and counts it, without ever asking for it again', async () => {
    const cloud = new Cloud();
    cloud.write(put('a'), put('b', 'bad'));
    const replica = cloud.follow();
    await cloud.clock.pass(400_000);
    expect([...replica.entries()]).toEqual([['a', 1]]);
    expect(replica).toMatchObject({ undecodable: 1, size: 1, complete: true, stale: false });
    expect(cloud.problems).toEqual([new Error('b cannot be decoded')]);
    cloud.write(put('b', 2));
    await cloud.clock.pass(100);
    expect(replica).toMatchObject({ undecodable: 0, size: 2 });
    expect(new Set(cloud.requests().slice(3))).toEqual(new Set(['l2gw.v1.req.r.check']));
  });

  it('comes back later when the servers have enough to do', async () => {
    const cloud = new Cloud({}, 0);
    cloud.write(put('a'));
    const replica = cloud.follow();
    await cloud.clock.pass(10_000);
    expect(replica.complete).toBe(false);
    expect(cloud.requests().filter((subject) => subject.endsWith('snapshot')).length).toBeLessThan(8);
    expect(cloud.problems).toEqual([]);
  });

  it('survives nonsense on its subjects', async () => {
    const cloud = new Cloud();
    cloud.write(put('a'));
    const replica = cloud.follow();
    await cloud.clock.pass(1000);
    const stranger = cloud.net.client();
    for (const body of ['', '{}', '{"kind":"delta"}', '[1]']) {
      stranger.publish('l2gw.v1.table.network.n1', body);
      stranger.publish('l2gw.v1.life.api', body);
    }
    await cloud.clock.pass(1000);
    expect(cloud.problems).toHaveLength(8);
    expect(replica).toMatchObject({ complete: true, stale: false, size: 1 });
  });
});
