import { onAgreement, onBeat, onDelta, onDifference, type Standing } from './receive.js';
import type { CheckEntry } from './source.js';

const D1 = '1111111111111111';
const D2 = '2222222222222222';
const have: Standing = {
  ...{ complete: true, epoch: 'e', revision: 10, digest: () => D1 },
  ...{ frozen: false, partial: false },
};
const never: Standing = { ...have, complete: false, revision: -1 };
const delta = (from: number, to: number, epoch = 'e') => ({ kind: 'delta' as const, epoch, from, to, ops: [] });
const beat = (revision: number, digest = D1, epoch = 'e') => ({ kind: 'beat' as const, epoch, revision, digest });

describe('A delta', () => {
  it.each([
    ['goes on from what we have', delta(10, 12), 'apply'],
    ['began before what we have and ends after it', delta(8, 12), 'apply'],
    ['is one we had', delta(8, 10), 'ignore'],
    ['leaves a gap', delta(11, 12), 'since'],
    ['is of another epoch', delta(10, 12, 'f'), 'ask'],
  ])('that %s', (_, message, reaction) => expect(onDelta(have, message)).toBe(reaction));

  it('that fits waits while a repair relies on the rows as they are', () => {
    expect(onDelta({ ...have, frozen: true }, delta(10, 12))).toBe('hold');
    expect(onDelta({ ...have, frozen: true }, delta(8, 10))).toBe('ignore');
  });

  it('tells a reader who never had the table to take a snapshot', () =>
    expect(onDelta(never, delta(0, 1))).toBe('snapshot'));
});

describe('A beat', () => {
  it.each([
    ['that agrees confirms', beat(10), 'confirm'],
    ['with another digest makes us compare buckets', beat(10, D2), 'digest'],
    ['ahead of us makes us ask for what is missing', beat(12, D2), 'since'],
    ['behind us makes us ask, because the writer may have lost something', beat(8, D2), 'ask'],
    ['of another epoch makes us ask', beat(10, D1, 'f'), 'ask'],
  ])('%s', (_, message, reaction) => expect(onBeat(have, message)).toBe(reaction));
});

const reported: CheckEntry = { table: 't', epoch: 'e', revision: 10, digest: D1 };
const present = (revision: number, digest: string) => ({ table: 't', state: 'present' as const, revision, digest });

describe('Of a table of which rows were left out', () => {
  const some = { ...have, partial: true };

  it.each([
    ['at our revision vouches for what we have', beat(10, D2), 'vouch'],
    ['with our digest tells that nothing is left out any more', beat(10), 'confirm'],
    ['ahead of us makes us ask for what is missing', beat(12, D2), 'since'],
  ])('a beat %s', (_, message, reaction) => expect(onBeat(some, message)).toBe(reaction));

  it.each([
    ['is at our revision vouches for what we have', 'e', present(10, D2), 'vouch'],
    ['has our digest tells that nothing is left out any more', 'e', present(10, D1), 'adopt'],
    ['has more than we makes us ask for that', 'e', present(12, D2), 'since'],
    ['is of another epoch makes us read it anew', 'f', present(10, D2), 'digest'],
  ])('an answer to a check that %s', (_, epoch, found, verdict) =>
    expect(onDifference(some, reported, epoch, found)).toBe(verdict),
  );
});

describe('An answer to a check', () => {
  it.each([
    ['has more than we', 'e', present(12, D2), 'since'],
    ['has other rows at the same revision', 'e', present(10, D2), 'digest'],
    ['is behind us: its database was set back', 'e', present(8, D2), 'digest'],
    ['has the same rows at another revision', 'e', present(8, D1), 'adopt'],
    ['has more in another epoch', 'f', present(12, D2), 'digest'],
    ['has the same rows in another epoch', 'f', present(3, D1), 'adopt'],
    ['says the table is gone', 'e', { table: 't', state: 'removed' as const, revision: 12 }, 'clear'],
    ['never heard of the table', 'e', { table: 't', state: 'unknown' as const }, 'doubt'],
    ['keeps the table from us', 'e', { table: 't', state: 'refused' as const }, 'doubt'],
  ])('that %s', (_, epoch, found, verdict) => expect(onDifference(have, reported, epoch, found)).toBe(verdict));

  it('that deltas have overtaken since it was asked for is ignored', () => {
    const further = { ...have, revision: 14 };
    expect(onDifference(further, reported, 'e', present(12, D2))).toBe('ignore');
    expect(onDifference(further, reported, 'e', { table: 't', state: 'removed', revision: 12 })).toBe('ignore');
    expect(onAgreement(further, reported, 'e')).toBe('ignore');
  });

  it('that names nothing lets us take over the epoch, unless we have gone on since', () => {
    expect(onAgreement(have, reported, 'f')).toBe('adopt');
    expect(onAgreement({ ...have, revision: 14 }, reported, 'f')).toBe('ask');
  });

  it('for a table that we never had makes us take a snapshot', () => {
    expect(onDifference(never, { ...reported, revision: -1 }, 'e', present(0, D1))).toBe('snapshot');
  });
});
