import { MemoryPushStore, PushReceiver, PushRefusedError, PushWriter } from '../src/index.js';
import { chanceFrom } from './chance.js';
import { ModelBus } from './model-bus.js';
import { VirtualClock } from './virtual-clock.js';

const T = 'learned/s1';

/** An agent and a receiver, in virtual time and fair weather. */
class Cloud {
  readonly clock = new VirtualClock();
  readonly net = new ModelBus(this.clock, chanceFrom(1));
  readonly store = new MemoryPushStore();
  readonly problems: unknown[] = [];
  readonly fences: number[] = [];
  readonly agentBus = this.net.client();
  allowed = true;
  readonly receiver = new PushReceiver({
    bus: this.net.client(),
    store: this.store,
    mayPush: () => this.allowed,
    onProblem: (problem) => this.problems.push(problem),
  });
  readonly writer = this.newWriter();

  constructor() {
    this.receiver.start();
  }

  newWriter(): PushWriter {
    return new PushWriter({
      bus: this.agentBus,
      client: 's1',
      table: T,
      clock: this.clock,
      random: chanceFrom(3),
      onProblem: (problem) => this.problems.push(problem),
      onFenced: (epoch) => this.fences.push(epoch),
    });
  }

  pushes(): number {
    return this.net.sent.splice(0).filter((subject) => subject === `l2gw.v1.up.s1.learned.s1`).length;
  }
}

describe('An agent', () => {
  it('sends nothing before it is opened, however much it has', async () => {
    const cloud = new Cloud();
    cloud.writer.put('a', { value: 1 });
    await cloud.clock.pass(300_000);
    expect(cloud.pushes()).toBe(0);
    expect(cloud.writer.status).toBe('waiting');
    cloud.writer.open(1);
    await cloud.clock.pass(100);
    expect(cloud.writer.status).toBe('settled');
    expect(cloud.store.rowsOf(T)).toEqual(new Map([['a', { value: 1 }]]));
  });

  it('costs no write when it comes back with what is stored', async () => {
    const cloud = new Cloud();
    for (let at = 0; at < 2000; at += 1) cloud.writer.put(`k${at}`, { at });
    cloud.writer.open(1);
    await cloud.clock.pass(60_000);
    expect(cloud.store.writes).toBe(2000);
    cloud.writer.stop();
    cloud.pushes();

    const successor = cloud.newWriter();
    for (let at = 1999; at >= 0; at -= 1) successor.put(`k${at}`, { at });
    successor.open(2);
    await cloud.clock.pass(1000);
    expect(successor.status).toBe('settled');
    expect(cloud.store.writes).toBe(2000);
    expect(cloud.pushes()).toBe(2);
  });

  it('sends each key once, with its last row, when it changes faster than the wire', async () => {
    const cloud = new Cloud();
    cloud.writer.open(1);
    await cloud.clock.pass(100);
    cloud.pushes();
    for (let at = 0; at < 1000; at += 1) cloud.writer.put('a', { at });
    cloud.writer.put('b', {});
    cloud.writer.drop('b');
    await cloud.clock.pass(100);
    expect(cloud.pushes()).toBe(1);
    expect(cloud.store.rowsOf(T)).toEqual(new Map([['a', { at: 999 }]]));
  });

  it('sends a full dump as the difference', async () => {
    const cloud = new Cloud();
    cloud.writer.open(1);
    for (let at = 0; at < 3000; at += 1) cloud.writer.put(`k${at}`, { at });
    await cloud.clock.pass(1000);
    cloud.pushes();
    cloud.writer.replaceAll(Array.from({ length: 3000 }, (_, at): [string, object] => [`k${at + 1}`, { at: at + 1 }]));
    await cloud.clock.pass(1000);
    expect(cloud.pushes()).toBe(1);
    expect(cloud.store.writes).toBe(3002);
  });

  it('notices at its next push that the receiver has lost something, and sends the buckets that differ', async () => {
    const cloud = new Cloud();
    cloud.writer.open(1);
    for (let at = 0; at < 1000; at += 1) cloud.writer.put(`k${at}`, { at });
    await cloud.clock.pass(1000);
    const restore = cloud.store.save(T);
    cloud.writer.put('k1', { lost: true });
    await cloud.clock.pass(1000);
    restore();
    cloud.writer.put('k2', { next: true });
    cloud.store.writes = 0;
    await cloud.clock.pass(1000);
    expect(cloud.store.writes).toBe(2);
    expect(cloud.store.rowsOf(T).get('k1')).toEqual({ lost: true });
    expect(cloud.writer.status).toBe('settled');
  });

  it('notices within two minutes without any push', async () => {
    const cloud = new Cloud();
    const restore = cloud.store.save(T);
    cloud.writer.put('a', {});
    cloud.writer.open(1);
    await cloud.clock.pass(1000);
    restore();
    await cloud.clock.pass(121_000);
    expect(cloud.store.rowsOf(T).size).toBe(1);
  });

  it('is fenced when another one was given a higher epoch, and pushes again under a new one', async () => {
    const cloud = new Cloud();
    cloud.writer.open(1);
    await cloud.clock.pass(100);
    cloud.store.issue(T, 2);
    cloud.writer.put('a', {});
    await cloud.clock.pass(100);
    expect(cloud.fences).toEqual([2]);
    expect(cloud.writer.status).toBe('fenced');
    cloud.pushes();
    cloud.writer.put('b', {});
    await cloud.clock.pass(300_000);
    expect(cloud.pushes()).toBe(0);
    cloud.store.issue(T, 3);
    cloud.writer.open(3);
    await cloud.clock.pass(1000);
    expect(cloud.store.rowsOf(T).size).toBe(2);
  });

  it('waits while nobody receives, and needs no longer for many changes than for one', async () => {
    const cloud = new Cloud();
    cloud.writer.open(1);
    await cloud.clock.pass(100);
    cloud.receiver.stop();
    for (let at = 0; at < 400; at += 1) {
      cloud.writer.put(`k${at % 100}`, { at });
      await cloud.clock.pass(1000);
    }
    expect(cloud.pushes()).toBeLessThan(40);
    expect(cloud.writer.status).toBe('pushing');
    cloud.receiver.start();
    await cloud.clock.pass(31_000);
    expect(cloud.pushes()).toBeLessThan(5);
    expect(cloud.store.rowsOf(T).size).toBe(100);
  });

  it('is told when it may not push', async () => {
    const cloud = new Cloud();
    cloud.allowed = false;
    cloud.writer.open(1);
    await cloud.clock.pass(1000);
    expect(cloud.problems[0]).toBeInstanceOf(PushRefusedError);
    expect(cloud.store.writes).toBe(0);
  });

  it('tells when everything is confirmed', async () => {
    const cloud = new Cloud();
    cloud.writer.put('a', {});
    cloud.writer.open(1);
    const settled = cloud.writer.settled().then(() => cloud.store.rowsOf(T).size);
    await cloud.clock.pass(100);
    expect(await settled).toBe(1);
    cloud.writer.put('b', {});
    const never = cloud.writer.settled();
    cloud.writer.stop();
    await expect(never).rejects.toThrow('stopped');
  });
});

describe('A receiver', () => {
  it('answers nonsense with an excuse and reports it', async () => {
    const cloud = new Cloud();
    const stranger = cloud.net.client();
    const answers = ['{}', 'x', '{"verb":"apply","epoch":"1"}'].map((body) =>
      stranger.request('l2gw.v1.up.s1.learned.s1', body, { timeoutMs: 1000 }),
    );
    await cloud.clock.pass(100);
    for (const answer of answers) expect((await answer).body).toContain('"refused":"busy"');
    expect(cloud.problems).toHaveLength(3);
  });
});
