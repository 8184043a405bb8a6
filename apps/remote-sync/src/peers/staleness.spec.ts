import { Staleness } from './staleness.js';

describe('What a silent peer has said', () => {
  it.each([
    [10, [false, false, true, true]],
    [0, [true, true, true, true]],
    [-1, [false, false, false, false]],
  ])('is kept for its time (%d s), counted from when it fell silent', (staleSeconds, expected) => {
    let now = 0;
    const staleness = new Staleness(() => now);
    expect(staleness.look(false, staleSeconds)).toBe(false);
    now = 100_000;
    const due: boolean[] = [];
    for (const ms of [0, 9999, 10_000, 20_000]) {
      now = 100_000 + ms;
      due.push(staleness.look(true, staleSeconds));
    }
    expect(due).toEqual(expected);
    expect(staleness.look(false, staleSeconds)).toBe(false);
  });
});
