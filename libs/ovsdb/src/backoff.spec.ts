import { backoffMs, failuresAfter } from './backoff.js';

const POLICY = { firstMs: 100, ceilingMs: 8000, stableMs: 10_000 };

describe('The pause before dialling again', () => {
  it('doubles up to the ceiling', () => {
    expect([1, 2, 3, 7, 8, 1000].map((failures) => backoffMs(POLICY, failures, 0))).toEqual([
      100, 200, 400, 6400, 8000, 8000,
    ]);
  });

  it('is shortened by up to a half, by chance', () => {
    expect(backoffMs(POLICY, 1, 0.5)).toBe(75);
    expect(backoffMs(POLICY, 1, 1)).toBe(50);
  });

  it('begins anew after a stable session only', () => {
    expect(failuresAfter(POLICY, 4, 10_000)).toBe(1);
    expect(failuresAfter(POLICY, 4, 9_999)).toBe(5);
    expect(failuresAfter(POLICY, 4, undefined)).toBe(5);
  });
});
