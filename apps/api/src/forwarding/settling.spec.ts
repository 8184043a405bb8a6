import { type Settling, UNKNOWN, settlingAfter } from './settling.js';

const MAC = '02:00:00:00:00:01';
const MINUTE = 60_000;

/** Moves to and fro between two clouds, at these times. */
const after = (times: readonly number[], before: Settling = UNKNOWN, mac = MAC): Settling =>
  times.reduce((known, at) => settlingAfter(known, known.owner === 'a' ? 'b' : 'a', mac, at), before);

const SETTLED = after([0]);

describe('A MAC that two clouds claim by turns', () => {
  it('is frozen at its fifth move within three minutes, and kept by the cloud that had it before', () => {
    expect(after([1, 2, 3, 4], SETTLED)).toMatchObject({ isFrozen: false, moves: [1, 2, 3, 4], stable: 'a' });
    expect(after([1, 2, 3, 4, 5], SETTLED)).toMatchObject({
      isFrozen: true,
      stable: 'a',
      frozenUntil: 5 + 30 * MINUTE,
      freezes: 1,
    });
  });

  it('is not frozen if it rests for three minutes between', () => {
    const later = 4 + 3 * MINUTE;
    expect(after([1, 2, 3, 4, later, later + 1, later + 2, later + 3], SETTLED)).toMatchObject({ isFrozen: false });
  });

  it('does not move any more while it is frozen', () => {
    const frozen = after([1, 2, 3, 4, 5], SETTLED);
    expect(settlingAfter(frozen, 'a', MAC, 6)).toBe(frozen);
    expect(settlingAfter(frozen, 'b', MAC, 7)).toBe(frozen);
  });

  it('is frozen for twice as long each time that it begins again, for a day at most, and anew after a day of peace', () => {
    let known = SETTLED;
    const lasted: number[] = [];
    let now = 0;
    for (let n = 0; n < 8; n += 1) {
      known = after(
        [1, 2, 3, 4, 5].map((ms) => now + ms),
        { ...known, isFrozen: false, moves: [] },
      );
      lasted.push(((known.frozenUntil ?? 0) - now - 5) / MINUTE);
      now = known.frozenUntil ?? 0;
    }
    expect(lasted).toEqual([30, 60, 120, 240, 480, 960, 1440, 1440]);
    const nextDay = now + 1441 * MINUTE;
    const rested = after(
      [1, 2, 3, 4, 5].map((ms) => nextDay + ms),
      { ...known, isFrozen: false, moves: [] },
    );
    expect(rested.freezes).toBe(1);
  });

  it('moves once if it was nobody’s between, and not at all if it comes back to the same cloud', () => {
    const gone = settlingAfter(SETTLED, undefined, MAC, 1);
    expect(settlingAfter(gone, 'a', MAC, 2).moves).toEqual([]);
    expect(settlingAfter(gone, 'b', MAC, 2).moves).toEqual([2]);
  });

  it.each(['00:00:5e:00:01:02', '00:00:5e:00:02:02', '00:00:0c:07:ac:01', '00:00:0c:9f:f0:01', '00:07:b4:00:01:02'])(
    'is never frozen if it is that of a virtual router: %s',
    (mac) => expect(after([1, 2, 3, 4, 5, 6, 7], SETTLED, mac).isFrozen).toBe(false),
  );
});
