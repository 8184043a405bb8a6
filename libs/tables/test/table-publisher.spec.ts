import { TablePublisher } from '../src/index.js';
import { Cloud, put } from './reader-cloud.js';
import { VirtualClock } from './virtual-clock.js';

describe('A publisher', () => {
  it('beats 1 s and 4 s after the last delta of a table, and no more', async () => {
    const cloud = new Cloud();
    const beats: number[] = [];
    const start = cloud.clock.now();
    cloud.net
      .client()
      .subscribe('l2gw.v1.table.>', ({ body }) => body.includes('beat') && beats.push(cloud.clock.now() - start));
    cloud.write(put('a'));
    await cloud.clock.pass(500);
    cloud.write(put('b'));
    await cloud.clock.pass(60_000);
    expect(beats.map((ms) => Math.round(ms / 500) * 500)).toEqual([1500, 4500]);
  });

  it('remembers a bounded number of tables that are to beat', async () => {
    const clock = new VirtualClock();
    const sent: string[] = [];
    const bus = { publish: (subject: string) => void sent.push(subject) };
    const publisher = new TablePublisher({
      bus,
      writer: 'api',
      instance: 'i',
      clock,
      position: () => undefined,
      mostBeats: 10,
    });
    for (let at = 0; at < 100; at += 1) {
      publisher.publish('e', [{ table: `network/n${at}`, from: 0, to: 1, ops: [], digest: '0'.repeat(16) }]);
    }
    sent.length = 0;
    await clock.pass(60_000);
    expect(sent).toHaveLength(20);
    expect(sent[0]).toBe('l2gw.v1.table.network.n90');
  });
});
