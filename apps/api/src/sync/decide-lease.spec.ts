import { decideLease } from './decide-lease.js';

const held = { epoch: 7, instance: 'one', leftMs: 1200.5, pushed: 7 };
const over = { ...held, leftMs: -1 };
const never = { epoch: 0, instance: '', leftMs: -Infinity, pushed: 0 };

describe('The lease of remote-sync', () => {
  it.each([
    ['is given to the first who asks', never, { instance: 'one' }, { epoch: 1 }],
    [
      'is given with an epoch above the one that others have seen',
      never,
      { instance: 'one', seenEpoch: 9 },
      { epoch: 10 },
    ],
    [
      'is given with an epoch above the one that was pushed under',
      { ...never, pushed: 4 },
      { instance: 'one' },
      { epoch: 5 },
    ],
    ['is refused to another while it lasts', held, { instance: 'two' }, { heldBy: 'one', retryInMs: 1201 }],
    [
      'is refused to another, whatever its epoch',
      held,
      { instance: 'two', epoch: 99 },
      { heldBy: 'one', retryInMs: 1201 },
    ],
    ['is renewed under the same epoch', held, { instance: 'one', epoch: 7 }, { epoch: 7 }],
    ['is renewed although it ran out, if nobody else has come', over, { instance: 'one', epoch: 7 }, { epoch: 7 }],
    ['begins anew for its holder who has no epoch', held, { instance: 'one' }, { epoch: 8 }],
    ['passes to another when it has run out', over, { instance: 'two' }, { epoch: 8 }],
    [
      'is refused to who comes back with the epoch of an earlier one',
      over,
      { instance: 'two', epoch: 6 },
      { heldBy: 'one', retryInMs: 1000 },
    ],
    ['is refused to its own earlier epoch', held, { instance: 'one', epoch: 6 }, { heldBy: 'one', retryInMs: 1201 }],
    [
      'rises for its holder when others have seen a higher epoch',
      held,
      { instance: 'one', epoch: 7, seenEpoch: 12 },
      { epoch: 13 },
    ],
    [
      'stays where it is when others have seen no higher epoch',
      held,
      { instance: 'one', epoch: 7, seenEpoch: 7 },
      { epoch: 7 },
    ],
    [
      'goes on above what a holder has that a restored database forgot',
      over,
      { instance: 'two', epoch: 20 },
      { epoch: 21 },
    ],
  ])('%s', (_, lease, ask, answer) => expect(decideLease(lease, ask)).toEqual(answer));
});
