import { Admission } from './admission.js';

const LIMITS = { atATime: 3, atATimePerAddress: 2, visits: 4, perVisitMs: 100 };

describe('Those who dial in', () => {
  it('are let in up to a number at a time, of one address and of all', () => {
    const admission = new Admission(LIMITS);
    expect(['a', 'a', 'a', 'b', 'c'].map((address) => admission.enter(address, 0))).toEqual([
      true,
      true,
      false,
      true,
      false,
    ]);
    admission.leave('a');
    expect(admission.enter('c', 0)).toBe(true);
  });

  it('may come so often at once, and earn further visits with time; others do not pay for it', () => {
    const admission = new Admission(LIMITS);
    const visit = (address: string, now: number): boolean => {
      const inside = admission.enter(address, now);
      if (inside) admission.leave(address);
      return inside;
    };
    expect([0, 0, 0, 0, 0].map((now) => visit('a', now))).toEqual([true, true, true, true, false]);
    expect(visit('b', 0)).toBe(true);
    expect([99, 100, 101, 300, 300, 300].map((now) => visit('a', now))).toEqual([
      false,
      true,
      false,
      true,
      true,
      false,
    ]);
  });

  it('are counted when they are turned away', () => {
    const admission = new Admission({ ...LIMITS, atATime: 0 });
    [1, 2].forEach((now) => admission.enter('a', now));
    expect([admission.takeRefusals(), admission.takeRefusals()]).toEqual([2, 0]);
  });

  it('are forgotten when they were many, but not while they are inside', () => {
    const admission = new Admission({ ...LIMITS, atATime: 5000, visits: 1 });
    admission.enter('here', 0);
    for (let n = 0; n < 3000; n += 1) if (admission.enter(`${n}`, 1)) admission.leave(`${n}`);
    expect(admission.enter('0', 2)).toBe(true);
    expect(admission.enter('here', 2)).toBe(false);
  });
});
