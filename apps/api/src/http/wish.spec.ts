import { readWish } from './wish.js';

const wish = (query: string, prefer = '') => readWish(new URLSearchParams(query), prefer);

describe('A client waits', () => {
  it('for nothing unless it says so', () => {
    expect(wish('')).toBeUndefined();
    expect(wish('timeout=5&fields=id')).toBeUndefined();
    expect(wish('', 'respond-async, return=minimal')).toBeUndefined();
  });

  it('for any of the statuses that it names, half a minute if it does not say how long', () => {
    expect(wish('wait=ACTIVE')).toEqual({ statuses: ['ACTIVE'], timeoutMs: 30_000, preferred: false });
    expect(wish('wait=ACTIVE&wait=DEGRADED&timeout=300')).toMatchObject({
      statuses: ['ACTIVE', 'DEGRADED'],
      timeoutMs: 300_000,
    });
  });

  it('for ACTIVE if it prefers to wait; what it prefers more than can be is cut', () => {
    expect(wish('', 'wait=5')).toEqual({ statuses: ['ACTIVE'], timeoutMs: 5000, preferred: true });
    expect(wish('', 'respond-async, WAIT = "7"; x=y, return=minimal')).toMatchObject({ timeoutMs: 7000 });
    expect(wish('', 'wait=100000')).toMatchObject({ timeoutMs: 300_000 });
    expect(wish('wait=ERROR&timeout=9', 'wait=5')).toEqual({ statuses: ['ERROR'], timeoutMs: 9000, preferred: true });
  });

  it('not for what makes no sense: a parameter is refused, a preference passed over', () => {
    expect(() => wish('wait=active')).toThrow(/Invalid input for wait. Reason: 'active' is not in/);
    for (const timeout of ['-1', '301', '1.5', 'soon', ''])
      expect(() => wish(`wait=ACTIVE&timeout=${timeout}`)).toThrow(/Invalid input for timeout/);
    for (const prefer of ['wait=soon', 'wait=-1', 'wait', 'await=5', 'wait=5s'])
      expect(wish('', prefer)).toBeUndefined();
  });
});
