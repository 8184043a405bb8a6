import { parseVtepIp } from '@l2gw/l2';
import { ipConflict, macConflict } from './conflicts.js';
import type { IpClaim } from './ip-claims.js';
import type { Candidate } from './select-best.js';
import { UNKNOWN } from './settling.js';

const MAC = '02:00:00:00:00:01';
const OTHER = '02:00:00:00:00:02';
const UNTIL = Date.UTC(2026, 0, 2, 3, 4, 5);

const learned: Candidate = {
  kind: 'learned',
  place: { vtep: parseVtepIp('10.0.0.1') },
  ips: [],
  claim: 2n,
  cloud: 'north',
};
const port: Candidate = { ...learned, kind: 'port' };
const imported = (more: Partial<Candidate> = {}): Candidate => ({
  kind: 'imported',
  place: { connection: 'c' },
  ips: [],
  claim: 1n,
  cloud: 'south',
  sequence: 1,
  ...more,
});
const claim = (mac: string, cloud: string, more: Partial<IpClaim> = {}): IpClaim => ({
  mac,
  cloud,
  isOurs: cloud === 'north',
  isStated: false,
  isImmutable: false,
  isRouter: false,
  sequence: 0,
  claim: 1n,
  isClaimed: true,
  ...more,
});

describe('A conflict about a MAC', () => {
  it.each<[string, Candidate[]]>([
    ['nobody claims it', []],
    ['one cloud claims it', [learned, port]],
    ['it has moved', [learned, imported()]],
    ['an operator has stated where it is', [{ ...learned, kind: 'static' }, port, imported({ isSticky: true })]],
    ['the other is nowhere', [{ ...learned, place: undefined }, imported({ isSticky: true })]],
    [
      'one cloud says twice that it cannot move',
      [imported({ isSticky: true }), imported({ isSticky: true, place: { connection: 'd' } })],
    ],
    ['a port here has it and is right', [{ ...port, sequence: 2 }, imported()]],
  ])('is none if %s', (_, candidates) => expect(macConflict(MAC, candidates, UNKNOWN)).toBeUndefined());

  it('is one if it cannot move in one cloud and another claims it', () => {
    expect(macConflict(MAC, [{ ...learned, sequence: 9 }, imported({ isSticky: true })], UNKNOWN)).toEqual({
      kind: 'mac_static',
      text: 'Cloud south has it, where it cannot move; cloud north claims it, too.',
      claims: [
        { cloud: 'north', mac: MAC, sequence: 9, static: false },
        { cloud: 'south', mac: MAC, sequence: 1, static: true },
      ],
    });
  });

  it('is one if it cannot move in two clouds, decided by the same rule everywhere', () => {
    const east = imported({ cloud: 'east', sequence: 0, isSticky: true });
    expect(macConflict(MAC, [east, imported({ isSticky: true })], UNKNOWN)).toMatchObject({
      kind: 'mac_static',
      text: 'Cloud south has it, where it cannot move; cloud east claims it, too.',
    });
  });

  it('is one if a port here has it, of which others are not told any more', () => {
    expect(macConflict(MAC, [port, imported()], UNKNOWN)).toMatchObject({ kind: 'mac_port' });
  });

  it('is one while it is frozen, and says who keeps it until when', () => {
    const frozen = { ...UNKNOWN, isFrozen: true, stable: 'north', frozenUntil: UNTIL };
    expect(macConflict(MAC, [learned], frozen)).toMatchObject({
      kind: 'mac_frozen',
      text: 'Clouds claim it by turns: cloud north keeps it until 2026-01-02T03:04:05Z.',
    });
    expect(macConflict(MAC, [], frozen)).toBeUndefined();
  });
});

describe('A conflict about an IP', () => {
  const conflictOf = (...claims: readonly IpClaim[]) => ipConflict({ claims, settling: undefined });

  it('is none while one cloud alone claims it, for whatever MACs, or the others have taken it back', () => {
    expect(conflictOf()).toBeUndefined();
    expect(conflictOf(claim(MAC, 'north'), claim(OTHER, 'north'))).toBeUndefined();
    expect(conflictOf(claim(MAC, 'north'), claim(OTHER, 'south', { isClaimed: false }))).toBeUndefined();
  });

  it('is none if each cloud has a router of its own there', () => {
    const router = { isRouter: true };
    expect(conflictOf(claim(MAC, 'north', router), claim(OTHER, 'south', router))).toBeUndefined();
    expect(conflictOf(claim(MAC, 'north', router), claim(OTHER, 'south'))).toMatchObject({ kind: 'ip_duplicate' });
  });

  it('is one if two clouds claim it at once, and says who has it and why', () => {
    expect(conflictOf(claim(MAC, 'north'), claim(OTHER, 'south', { sequence: 1 }))).toEqual({
      kind: 'ip_duplicate',
      text: `${OTHER} of cloud south has it: it has moved there last. Not so ${MAC} of cloud north.`,
      claims: [
        { cloud: 'north', mac: MAC, sequence: 0, static: false },
        { cloud: 'south', mac: OTHER, sequence: 1, static: false },
      ],
    });
  });

  it('is another one if it is bound to one of the MACs', () => {
    expect(
      conflictOf(claim(MAC, 'north', { isImmutable: true }), claim(OTHER, 'south', { sequence: 1 })),
    ).toMatchObject({
      kind: 'ip_immutable',
      text: `${MAC} of cloud north has it: it is bound to this MAC. Not so ${OTHER} of cloud south.`,
    });
  });

  it('is one while it is frozen, and names all MACs', () => {
    const settling = { ...UNKNOWN, isFrozen: true, frozenUntil: UNTIL };
    expect(ipConflict({ claims: [claim(OTHER, 'south'), claim(MAC, 'north')], settling })).toMatchObject({
      kind: 'ip_frozen',
      text: `${MAC} of cloud north and ${OTHER} of cloud south claim it by turns: no switch is told who has it until 2026-01-02T03:04:05Z.`,
    });
    expect(ipConflict({ claims: [claim(MAC, 'north', { isClaimed: false })], settling })).toBeUndefined();
  });
});
