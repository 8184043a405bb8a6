import { Outstanding } from './outstanding.js';

describe('MACs that wait to be written', () => {
  it('are counted by network, and how long the one has been waiting that waits longest', () => {
    const outstanding = new Outstanding();
    outstanding.begin(['n1/a', 'n1/b'], 1000);
    outstanding.begin(['n1/a', 'n1/c', 'n2/a'], 4000);
    expect(outstanding.lags(6000, 3000, 9)).toEqual([{ network: 'n1', waiting: 3, sinceMs: 5000 }]);
    outstanding.end('n1', ['n1/a', 'n1/b']);
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
    outstanding.end('n1', ['n1/a']);
    outstanding.end('n3', ['n3/a']);
    outstanding.clear();
    expect(outstanding.lags(9000, 0, 9)).toEqual([]);
  });

  it('tells since when a MAC waits, which is not at all if it does not', () => {
    const outstanding = new Outstanding();
    outstanding.begin(['a/1'], 1000);
    outstanding.begin(['a/1'], 2000);
    expect([outstanding.waited('a/1', 2500), outstanding.waited('a/2', 2500)]).toEqual([1500, 0]);
  });

  it('fill their network with the last of those that it lacked, whoever else waits', () => {
    const outstanding = new Outstanding();
    outstanding.begin(['n1/a', 'n1/x'], 500);
    outstanding.fill('n1', ['n1/a', 'n1/b'], 1000);
    outstanding.begin(['n1/b', 'n1/y'], 2000);
    expect(outstanding.lags(3000, 0, 9)).toEqual([{ network: 'n1', waiting: 4, sinceMs: 2500 }]);
    expect([outstanding.end('n1', ['n1/x', 'n1/a']), outstanding.waited('n1/b', 3000)]).toEqual([false, 2000]);
    expect([outstanding.end('n1', ['n1/b']), outstanding.end('n1', ['n1/y']), outstanding.size]).toEqual([
      true,
      false,
      0,
    ]);
  });

  it('wait since the first comparison that found something missing', () => {
    const outstanding = new Outstanding();
    outstanding.fill('n1', ['n1/a', 'n1/b'], 1000);
    outstanding.fill('n1', ['n1/b'], 4000);
    expect(outstanding.lags(5000, 0, 9)).toEqual([{ network: 'n1', waiting: 1, sinceMs: 4000 }]);
    outstanding.fill('n1', [], 6000);
    expect(outstanding.size).toBe(0);
  });
});
