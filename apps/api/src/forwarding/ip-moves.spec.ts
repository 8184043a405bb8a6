import { parseIp, parseVtepIp } from '@l2gw/l2';
import { type IpClaim, ipClaimsOf, selectIpClaim } from './ip-claims.js';
import { type IpMoves, holderOf, ipMovesAfter } from './ip-moves.js';
import type { Candidate } from './select-best.js';

const IP = parseIp('192.0.2.5');
const [M1, M2, M9] = ['02:00:00:00:00:01', '02:00:00:00:00:02', '02:00:00:00:00:09'];
const NEVER: IpMoves = { claims: [], settling: undefined };
const MINUTE = 60_000;

const ours = (mac: string, claim = 1n, more: Partial<IpClaim> = {}): IpClaim => ({
  mac,
  cloud: 'north',
  isOurs: true,
  isStated: false,
  isImmutable: false,
  isRouter: false,
  sequence: 0,
  claim,
  isClaimed: true,
  ...more,
});
const theirs = (mac: string, sequence = 0, more: Partial<IpClaim> = {}): IpClaim =>
  ours(mac, 0n, { cloud: 'south', isOurs: false, sequence, ...more });

/** One after the other, a second apart. */
const after = (...said: readonly (readonly [string, IpClaim | undefined])[]): IpMoves =>
  said.reduce((known, [mac, claim], at) => ipMovesAfter(known, new Map([[mac, claim]]), at * 1000), NEVER);
const sequenceOf = ({ claims }: IpMoves, mac: string) => claims.find((each) => each.mac === mac)?.sequence;

/** M1 here and M2 there by turns; M1 begins. */
const quarrel = (moves: number): (readonly [string, IpClaim])[] =>
  Array.from({ length: moves + 1 }, (_, n) => (n % 2 === 0 ? [M1, ours(M1, BigInt(n + 1))] : [M2, theirs(M2, n)]));

describe('Which MAC has an IP', () => {
  it.each<[string, IpClaim[], string | undefined]>([
    ['is none if nobody claims it', [], undefined],
    ['is the only one', [theirs(M2)], M2],
    ['is none of those who have taken it back', [theirs(M2, 9, { isClaimed: false })], undefined],
    ['is the one to which it moved last', [ours(M1), theirs(M2, 1)], M2],
    [
      'is the one to which it is bound, wherever it moved since',
      [ours(M1, 1n, { isImmutable: true }), theirs(M9, 7)],
      M1,
    ],
    [
      'is the one to which it moved last of two to which it is bound',
      [ours(M1, 1n, { isImmutable: true }), theirs(M9, 1, { isImmutable: true })],
      M9,
    ],
    [
      'is what an operator states, before all',
      [ours(M1, 0n, { isStated: true }), theirs(M2, 9, { isImmutable: true })],
      M1,
    ],
    [
      'is a router of this cloud before that of another',
      [ours(M1, 1n, { isRouter: true }), theirs(M2, 9, { isRouter: true, isImmutable: true })],
      M1,
    ],
    ['is that of the lower cloud of equal claims, whatever the MACs', [theirs(M1), ours(M2)], M2],
    ['is the lower one of equal claims of one cloud', [theirs(M2), theirs(M1)], M1],
  ])('%s', (_, claims, mac) => {
    for (const order of [claims, claims.toReversed()]) expect(selectIpClaim(order)?.claim.mac).toBe(mac);
  });

  it('is decided alike in two clouds that have both learned it at once', () => {
    const atNorth = [ours(M1, 1n, { sequence: 1 }), theirs(M2, 1)];
    const atSouth = [ours(M2, 1n, { cloud: 'south', sequence: 1 }), theirs(M1, 1, { cloud: 'north' })];
    expect([atNorth, atSouth].map((claims) => selectIpClaim(claims)?.claim.mac)).toEqual([M1, M1]);
  });
});

describe('What a MAC says of its IPs', () => {
  const candidate = (more: Partial<Candidate>): Candidate => ({
    kind: 'learned',
    place: { vtep: parseVtepIp('10.0.0.1') },
    ips: [IP],
    claim: 4n,
    cloud: 'north',
    ...more,
  });
  const far = candidate({
    kind: 'imported',
    place: { connection: 'c' },
    cloud: 'south',
    moved: [{ ip: IP, sequence: 3 }],
  });

  it('is that they are its own if the one who is right about it, or this cloud, says so', () => {
    expect(ipClaimsOf(M1, [candidate({ immutable: [IP] })]).get(IP)).toEqual(ours(M1, 4n, { isImmutable: true }));
    expect(ipClaimsOf(M1, [far]).get(IP)).toEqual(theirs(M1, 3));
    expect(ipClaimsOf(M1, [candidate({ ips: [], sequence: 1 }), far]).size).toBe(0);
  });

  it('is nothing while the MAC is nowhere', () => {
    expect(ipClaimsOf(M1, [candidate({ place: undefined })]).size).toBe(0);
  });
});

describe('The sequence of an IP', () => {
  it('is 0 while no other MAC has had it', () => {
    expect(sequenceOf(after([M1, ours(M1)], [M1, ours(M1, 2n)]), M1)).toBe(0);
  });

  it('is the next one when another MAC here claims it anew, also if the first has taken it back', () => {
    expect(sequenceOf(after([M2, theirs(M2, 4)], [M1, ours(M1)]), M1)).toBe(5);
    expect(sequenceOf(after([M2, theirs(M2, 4)], [M2, undefined], [M1, ours(M1)]), M1)).toBe(5);
  });

  it('stays while the claim is the same, however high others go', () => {
    expect(sequenceOf(after([M1, ours(M1)], [M2, theirs(M2, 4)], [M1, ours(M1)]), M1)).toBe(0);
  });

  it('rises from MAC to MAC within a cloud, too, so that others see which was the latest', () => {
    const both = new Map([M2, M1].map((mac) => [mac, ours(mac, mac === M1 ? 8n : 7n)]));
    const { claims } = ipMovesAfter(NEVER, both, 0);
    expect(claims.map(({ mac, sequence }) => [mac, sequence])).toEqual([
      [M2, 0],
      [M1, 1],
    ]);
  });

  it('is remembered of one MAC at the most that has taken it back', () => {
    const { claims } = after([M1, theirs(M1, 1)], [M2, theirs(M2, 2)], [M1, undefined], [M2, undefined]);
    expect(claims).toMatchObject([theirs(M2, 2, { isClaimed: false })]);
  });
});

describe('An IP that two MACs claim by turns', () => {
  it('is nobody’s from its fifth move within three minutes on, for half an hour', () => {
    const four = after(...quarrel(4));
    expect([four.settling?.isFrozen, holderOf(four)]).toEqual([false, M1]);
    const five = after(...quarrel(5));
    expect([five.settling, holderOf(five)]).toMatchObject([
      { isFrozen: true, frozenUntil: 5000 + 30 * MINUTE },
      undefined,
    ]);
  });

  it('does not move, nor take other numbers, while it is frozen', () => {
    const five = after(...quarrel(5));
    const more = ipMovesAfter(five, new Map([[M1, ours(M1, 99n)]]), 7000);
    expect(more.settling).toBe(five.settling);
    expect(sequenceOf(more, M1)).toBe(sequenceOf(five, M1));
  });

  it('is not frozen by claims on an IP that is bound to a MAC, however many', () => {
    const bound = [M1, ours(M1, 1n, { isImmutable: true })] as const;
    const many = Array.from({ length: 20 }, (_, n) => [M9, n % 2 === 0 ? theirs(M9, n) : undefined] as const);
    const known = after(bound, ...many);
    expect([known.settling?.moves, holderOf(known)]).toEqual([[], M1]);
  });
});
