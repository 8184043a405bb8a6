import { Allowance } from './allowance.js';
import { Summaries } from './summaries.js';

describe('Too many events', () => {
  it('are told up to a burst, and then as many a second as are allowed', () => {
    const allowance = new Allowance(3, 2);
    const taken = (now: number, tries: number) =>
      Array.from({ length: tries }, () => allowance.take(now)).filter(Boolean).length;
    expect(taken(0, 10)).toBe(3);
    expect(taken(500, 10)).toBe(1);
    expect(taken(1500, 10)).toBe(2);
    expect(taken(60_000, 10)).toBe(3);
  });

  it('are counted by their kind, network and switch', () => {
    const summaries = new Summaries();
    expect(summaries.empty).toBe(true);
    for (const id of ['a', 'b']) summaries.add({ noun: 'port', change: 'created', id, network_id: 'n', revision: 1 });
    summaries.add({ noun: 'port', change: 'created', network_id: 'n', count: 500 });
    summaries.add({ noun: 'learned', change: 'appeared', id: 'm', network_id: 'n', switch: 'tor-1' });
    expect(summaries.take()).toEqual([
      { noun: 'port', change: 'created', network_id: 'n', count: 502 },
      { noun: 'learned', change: 'appeared', network_id: 'n', switch: 'tor-1', count: 1 },
    ]);
    expect(summaries.empty).toBe(true);
  });

  it('never need more than a bounded number of summaries, and none is lost', () => {
    const summaries = new Summaries();
    for (let n = 0; n < 10_000; n += 1)
      summaries.add({ noun: 'port', change: 'deleted', id: `${n}`, network_id: `${n}` });
    const told = summaries.take();
    expect(told.length).toBeLessThanOrEqual(101);
    expect(told.reduce((sum, each) => sum + (each.count ?? 0), 0)).toBe(10_000);
    expect(told.at(-1)).toEqual({ noun: 'port', change: 'deleted', count: 9_900 });
  });
});
