import { probeStep } from './probe.js';

describe('A silent peer', () => {
  it('is left alone for one interval, counted from its last byte', () => {
    expect(probeStep({ lastByteAt: 100, askedAt: undefined }, 600, 1000)).toEqual({ kind: 'wait', forMs: 500 });
  });

  it('is asked after one interval', () => {
    expect(probeStep({ lastByteAt: 100, askedAt: undefined }, 1100, 1000)).toEqual({ kind: 'ask', forMs: 1000 });
  });

  it('is given up one interval after the question', () => {
    expect(probeStep({ lastByteAt: 100, askedAt: 1100 }, 2000, 1000)).toEqual({ kind: 'wait', forMs: 100 });
    expect(probeStep({ lastByteAt: 100, askedAt: 1100 }, 2100, 1000)).toEqual({ kind: 'give-up' });
  });

  it('is alive again with any byte', () => {
    expect(probeStep({ lastByteAt: 1500, askedAt: 1100 }, 2100, 1000)).toEqual({ kind: 'wait', forMs: 400 });
  });
});
