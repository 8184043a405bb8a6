import { Outstanding } from './outstanding.js';

describe('MACs that wait to be written', () => {
  it('are counted by network, and how long the one has been waiting that waits longest', () => {
    const outstanding = new Outstanding();
    outstanding.begin(['n1/a', 'n1/b'], 1000);
    outstanding.begin(['n1/a', 'n1/c', 'n2/a'], 4000);
    expect(outstanding.lags(6000, 3000, 9)).toEqual([{ network: 'n1', waiting: 3, sinceMs: 5000 }]);
    outstanding.end(['n1/a', 'n1/b']);
    expect(outstanding.lags(7000, 3000, 9)).toEqual([
      { network: 'n1', waiting: 1, sinceMs: 3000 },
      { network: 'n2', waiting: 1, sinceMs: 3000 },
    ]);
  });

  it('are told of the networks that have been waiting longest, so many as fit', () => {
    const outstanding = new Outstanding();
    for (let n = 0; n < 5; n += 1) outstanding.begin([`n${n}/a`], 100 - n);
    expect(outstanding.lags(1000, 0, 2).map((each) => each.network)).toEqual(['n4', 'n3']);
  });

  it('are none when they were written or nobody wants them any more', () => {
    const outstanding = new Outstanding();
    outstanding.begin(['n1/a', 'n2/a'], 0);
    outstanding.end(['n1/a', 'n3/a']);
    outstanding.clear();
    expect(outstanding.lags(9000, 0, 9)).toEqual([]);
  });

  it('tells since when a MAC waits, which is not at all if it does not', () => {
    const outstanding = new Outstanding();
    outstanding.begin(['a/1'], 1000);
    outstanding.begin(['a/1'], 2000);
    expect([outstanding.waited('a/1', 2500), outstanding.waited('a/2', 2500)]).toEqual([1500, 0]);
  });
});
