import { syncSession } from '@l2gw/contracts';
import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';
import { SyncHand } from './support/shared-network.js';

describe('The session of remote-sync', () => {
  let cloud: Cloud;
  let one: SyncHand;
  let two: SyncHand;
  beforeAll(async () => {
    cloud = await startCloud({ name: 'sync session', replicas: 2, api: { L2GW_CLOUD_ID: 'north' } });
    [one, two] = [await SyncHand.connect(cloud.natsUrl), await SyncHand.connect(cloud.natsUrl)];
  });
  afterAll(async () => {
    await one?.close();
    await two?.close();
    await cloud?.stop();
  });

  const renews = (hand: SyncHand) => hand.ask({ instance: hand.instance, epoch: hand.epoch });

  it('is given to one instance, whichever replica is asked, and to one of four who ask at once', async () => {
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) => one.ask({ instance: n === 1 ? one.instance : `other-${n}` })),
    );
    expect(answers.filter((each) => 'epoch' in each)).toEqual([{ epoch: 1 }]);
    for (const held of answers.filter((each) => 'heldBy' in each)) {
      expect(Number(held['retryInMs'])).toBeGreaterThan(0);
      expect(Number(held['retryInMs'])).toBeLessThanOrEqual(syncSession.leaseMs);
    }
  });

  it('passes to another instance when its holder does not renew it, with a higher epoch, and the old one is told so', async () => {
    await eventually(async () => expect(await one.open()).toBeGreaterThan(1));
    expect(await two.ask({ instance: two.instance })).toMatchObject({ heldBy: one.instance });
    expect(await renews(one)).toEqual({ epoch: one.epoch });
    await eventually(async () => expect(await two.open()).toBe(one.epoch + 1));
    expect(await renews(one)).toMatchObject({ heldBy: two.instance });
    expect(await renews(two)).toEqual({ epoch: two.epoch });
  });

  it('keeps a predecessor from overwriting what its successor has said', async () => {
    const row = { state: 'live', since: '2026-08-03T09:15:00.250Z' };
    two.report.put('peer/591ffe08-f8f5-44c1-85c1-1026878f69bd', row);
    await two.report.settled();
    one.report.put('peer/591ffe08-f8f5-44c1-85c1-1026878f69bd', { ...row, state: 'silent' });
    await eventually(() => expect(one.report.status).toBe('fenced'));
  });

  it('goes on above the epoch that other clouds have seen, so that a restored database is believed', async () => {
    const { epoch } = await two.ask({ instance: two.instance, epoch: two.epoch, seenEpoch: 1000 });
    expect(epoch).toBe(1001);
    expect(await two.ask({ instance: two.instance, epoch: 1001, seenEpoch: 1001 })).toEqual({ epoch: 1001 });
  });

  it('outlives the API, and is refused to who says something else', async () => {
    await expect(one.ask({})).rejects.toThrow();
    await cloud.startApi();
    expect(await two.ask({ instance: two.instance, epoch: 1001 })).toEqual({ epoch: 1001 });
  });
});
