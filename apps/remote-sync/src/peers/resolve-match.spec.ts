import { resolveMatches } from './resolve-match.js';

describe('A stretch and what the peer says that it shares', () => {
  const matches = (own: number[], theirs: number[]): object => Object.fromEntries(resolveMatches(own, theirs));

  it('belong together by their number', () => {
    expect(matches([456, 500], [500, 456])).toEqual({ 456: { kind: 'matched' }, 500: { kind: 'matched' } });
  });

  it('do not belong together when the peer shares nothing else', () => {
    expect(matches([456, 500], [500])).toEqual({ 456: { kind: 'unmatched' }, 500: { kind: 'matched' } });
    expect(matches([456], [])).toEqual({ 456: { kind: 'unmatched' } });
  });

  it('have numbers that differ when the peer shares something that we do not know', () => {
    expect(matches([456, 500], [500, 458, 457])).toEqual({
      456: { kind: 'seg_mismatch', theirSegIds: [457, 458] },
      500: { kind: 'matched' },
    });
  });
});
