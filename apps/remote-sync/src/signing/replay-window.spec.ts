import { ReplayWindow } from './replay-window.js';

describe('A window over the numbers of a sequence', () => {
  it('lets each number pass once, in whatever order they come', () => {
    const window = new ReplayWindow();
    const verdicts = [3, 1, 2, 3, 1, 2, 4].map((count) => window.admit(count));
    expect(verdicts).toEqual(['new', 'new', 'new', 'seen', 'seen', 'seen', 'new']);
  });

  it('does not let pass what is too old to be remembered', () => {
    const window = new ReplayWindow();
    for (const count of [1, 2000]) expect(window.admit(count)).toBe('new');
    for (const count of [1, 2, 976]) expect(window.admit(count)).toBe('old');
    for (const count of [977, 1999]) expect(window.admit(count)).toBe('new');
    expect(window.admit(2000)).toBe('seen');
  });

  it('remembers a bounded number of them, and lets none pass again', () => {
    const window = new ReplayWindow();
    const counts = Array.from({ length: 5000 }, (_, at) => at + 1);
    expect(counts.filter((count) => window.admit(count) !== 'new')).toEqual([]);
    expect(counts.filter((count) => window.admit(count) === 'new')).toEqual([]);
  });

  it('counts what was passed over since it was asked last, also if that comes late', () => {
    const window = new ReplayWindow();
    const missedAfter = (...counts: number[]): number => {
      for (const count of counts) window.admit(count);
      return window.missed();
    };
    expect(missedAfter()).toBe(0);
    expect(missedAfter(500, 501, 502)).toBe(0);
    expect(missedAfter(505, 503)).toBe(1);
    expect(missedAfter(504, 506)).toBe(0);
    expect(missedAfter(2600)).toBe(2093);
    expect(missedAfter(2601, 2601)).toBe(0);
  });
});
