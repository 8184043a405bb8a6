import { stretchRow } from '../../test/peer-rows.js';
import { type StretchSight, describeStretch } from './describe-stretch.js';

const SIGHT: StretchSight = {
  stretch: stretchRow({}),
  life: 'live',
  match: { kind: 'matched' },
  isWithdrawn: false,
  isComplete: true,
  isConfirmed: true,
  isDiverging: false,
  isPartial: false,
  accepted: 2,
  refused: {},
  disbelieved: { sig: 0, replay: 0 },
  theirFlood: true,
};

const NOT_CONVERGING =
  'digest_nonconverging: repairs do not make both ends agree, as if they did not hash alike; one is tried each minute';

const TOO_MUCH =
  'limit: the peer says more than twice the MACs that its limits allow; those that are known stay, of the others only some are looked at';

describe('The report on a stretch', () => {
  it.each<[string, Partial<StretchSight>, string, string | undefined]>([
    ['that is well', {}, 'live', undefined],
    ['whose ends hash differently', { isDiverging: true }, 'live', NOT_CONVERGING],
    ['of which the peer says too much', { isPartial: true, theirFlood: false }, 'live', TOO_MUCH],
    ['of a peer that was not heard yet', { life: 'never' }, 'waiting', undefined],
    ['that is not known whole yet', { isComplete: false, isConfirmed: false }, 'syncing', undefined],
    ['of a peer that was heard less than a moment ago', { life: 'degraded' }, 'live', undefined],
    ['of a peer that is silent', { life: 'silent' }, 'stale', 'the peer is silent: what it said last is kept'],
    [
      'that the peer has taken back',
      { life: 'silent', isWithdrawn: true },
      'waiting',
      'the peer has taken back what it said',
    ],
    [
      'that has another number there',
      { match: { kind: 'seg_mismatch', theirSegIds: [457] } },
      'seg_mismatch',
      'we know the network by 456, the peer shares 457',
    ],
    ['that the peer does not share', { match: { kind: 'unmatched' } }, 'unmatched', 'the peer does not share 456'],
    [
      'whose other end is elsewhere',
      { refused: { bad_vtep: 3 } },
      'live',
      "the peer's end is not at 192.0.2.1, our remote gateway",
    ],
    ['that only we flood', { theirFlood: false }, 'live', 'we flood and the peer does not'],
  ])('%s says so', (_, sight, state, reason) => {
    const row = describeStretch({ ...SIGHT, ...sight });
    expect([row.state, row.reason]).toEqual([state, reason]);
  });

  it('names the numbers by which the peer shares something else', () => {
    const match = { kind: 'seg_mismatch', theirSegIds: [457, 458] } as const;
    expect(describeStretch({ ...SIGHT, match }).theirSegIds).toEqual([457, 458]);
    expect(describeStretch(SIGHT).theirSegIds).toBeUndefined();
  });

  it('does not compare digests with a peer of whose table not all is held', () => {
    expect(describeStretch(SIGHT).digestsEqual).toBe(true);
    expect(describeStretch({ ...SIGHT, isPartial: true }).digestsEqual).toBeUndefined();
  });

  it('counts what was refused, by the reason, and leaves out what never happened', () => {
    const refused = { policy: 2, limit: 0 };
    expect(describeStretch({ ...SIGHT, refused, disbelieved: { sig: 1, replay: 0 } }).refused).toEqual({
      policy: 2,
      sig: 1,
    });
  });
});
