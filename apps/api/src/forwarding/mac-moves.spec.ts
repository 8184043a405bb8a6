import { parseVtepIp } from '@l2gw/l2';
import { type MacMoves, movesAfter, sequenced } from './mac-moves.js';
import { type Candidate, selectBest, selectExported } from './select-best.js';
import { UNKNOWN } from './settling.js';

const learned = (claim: bigint): Candidate => ({
  kind: 'learned',
  place: { vtep: parseVtepIp('10.0.0.1') },
  ips: [],
  claim,
  cloud: 'north',
});
const imported = (sequence: number, cloud = 'south'): Candidate => ({
  kind: 'imported',
  place: { connection: `to-${cloud}` },
  ips: [],
  claim: 1000n,
  sequence,
  cloud,
});
const AT = { mac: '02:00:00:00:00:01', now: 0 };
const moves = (own: number | undefined, theirs: number | undefined, claim = 5n): MacMoves => ({
  ...UNKNOWN,
  own,
  theirs,
  claim,
  goneAt: undefined,
});

describe('The sequence of a MAC', () => {
  it.each<[string, MacMoves | undefined, Candidate[], Partial<MacMoves>]>([
    ['is 0 where nobody has spoken of it before', undefined, [learned(5n)], { own: 0, theirs: undefined, claim: 5n }],
    ['is that of nobody while nobody has it here', undefined, [imported(3)], { own: undefined, theirs: 3, claim: 0n }],
    [
      'is the next one when it appears here while another cloud has it',
      moves(0, 3),
      [learned(6n), imported(3)],
      { own: 4 },
    ],
    ['is the next one also if both are heard of at once', undefined, [learned(5n), imported(0)], { own: 1, theirs: 0 }],
    ['is the next one also if the other cloud has taken it back meanwhile', moves(0, 3), [learned(6n)], { own: 4 }],
    ['is the next one after a tie', moves(3, 3), [learned(6n), imported(3)], { own: 4 }],
    ['stays when it moves within the cloud', moves(4, 3), [learned(6n), imported(3)], { own: 4, claim: 6n }],
    [
      'stays while its claim is the same, however high another cloud goes',
      moves(1, 0),
      [learned(5n), imported(9)],
      { own: 1, theirs: 9 },
    ],
    ['stays when its claim was out of sight for a while', moves(1, 9), [learned(5n)], { own: 1, claim: 5n }],
    ['is the highest of several clouds', undefined, [imported(2, 'east'), imported(7, 'south')], { theirs: 7 }],
    ['is remembered when everybody has taken it back', moves(4, 3), [], { own: 4, theirs: 3, claim: 5n, goneAt: 0 }],
    ['does not fall when another cloud says a lower one', moves(4, 3), [imported(1)], { theirs: 3 }],
    ['never goes beyond 32 bits', moves(0, 4_294_967_295), [learned(6n)], { own: 4_294_967_295 }],
  ])('%s', (_, before, candidates, after) => expect(movesAfter(before, candidates, AT)).toMatchObject(after));

  it('of a claim that leads nowhere is none', () => {
    expect(movesAfter(undefined, [{ ...learned(5n), place: undefined }], AT)).toMatchObject({
      own: undefined,
      theirs: undefined,
      claim: 0n,
      goneAt: 0,
    });
  });

  it('settles in one exchange when two clouds have learned the MAC at once, alike in both', () => {
    const [north, south] = [moves(1, 1), moves(1, 1)];
    const atNorth = sequenced([learned(5n), imported(1, 'south')], north);
    const atSouth = sequenced([{ ...learned(5n), cloud: 'south' }, imported(1, 'north')], south);
    expect(selectExported(atNorth)?.kind).toBe('learned');
    expect(selectExported(atSouth)).toBeUndefined();
  });

  it('that is above all before makes it a move, and no tie, no lower one and no late one does', () => {
    const stories: [Candidate[], number][] = [
      [[imported(0, 'south')], 0],
      [[imported(0, 'south'), imported(0, 'east')], 0],
      [[imported(0, 'south')], 0],
      [[imported(0, 'south'), imported(1, 'east')], 1],
      [[imported(1, 'south')], 1],
      [[imported(1, 'south'), imported(1, 'east')], 1],
      [[imported(1, 'south'), learned(6n)], 2],
      [[imported(0, 'east')], 2],
      [[imported(0, 'east'), imported(3, 'south')], 3],
    ];
    let known: MacMoves | undefined;
    for (const [candidates, counted] of stories) {
      known = movesAfter(known, candidates, AT);
      expect(known.moves).toHaveLength(counted);
    }
    expect(known).toMatchObject({ owner: 'south', stable: 'south', isFrozen: false });
  });

  it('of a MAC that is frozen changes nothing: the cloud that had it before keeps it, or nobody', () => {
    const frozen: MacMoves = { ...moves(9, 9), isFrozen: true, stable: 'south' };
    const both = sequenced([learned(5n), imported(1)], frozen);
    expect(selectBest(both)?.kind).toBe('imported');
    expect(selectExported(both)).toBeUndefined();
    expect(selectBest(sequenced([learned(5n), imported(99, 'east')], frozen))).toBeUndefined();
    expect(selectExported(sequenced([learned(5n), imported(99)], { ...frozen, stable: 'north' }))?.kind).toBe(
      'learned',
    );
    const port = sequenced([{ ...learned(5n), kind: 'port' }, imported(99)], frozen);
    expect([selectBest(port)?.kind, selectExported(port)]).toEqual(['port', undefined]);
  });
});
