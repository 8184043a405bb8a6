import { MAX_SEQUENCE } from '@l2gw/contracts';
import { type IpClaim, selectIpClaim } from './ip-claims.js';
import { type Settling, UNKNOWN, goneSince, settlingAfter } from './settling.js';

/** What is remembered of an IP: which MACs claim it or did, and how it has moved between them; absent while only one ever did. */
export interface IpMoves {
  readonly claims: readonly IpClaim[];
  readonly settling: Settling | undefined;
}

/**
 * What is to be remembered now that these MACs say this of the IP; undefined: that they do not have it. Other MACs say what they said
 * before. An IP moves between MACs as a MAC does between clouds, by sequences of its own (RFC 9721), and is frozen like one when it moves
 * too often (RFC 9161 §3.7). `now` in milliseconds.
 */
export function ipMovesAfter(before: IpMoves, said: ReadonlyMap<string, IpClaim | undefined>, now: number): IpMoves {
  const isFrozen = before.settling?.isFrozen === true;
  const claims = new Map(before.claims.map((each) => [each.mac, each]));
  const inOrder = [...said].sort(([, a], [, b]) => Number((a?.claim ?? 0n) - (b?.claim ?? 0n)));
  for (const [mac, claim] of inOrder) {
    const known = claims.get(mac);
    if (claim !== undefined) claims.set(mac, numbered(claim, known, isFrozen ? [] : [...claims.values()]));
    else if (known !== undefined) claims.set(mac, { ...known, isClaimed: false, goneAt: goneSince(known.goneAt, now) });
  }
  const remembered = withoutOldest([...claims.values()]);
  return { claims: remembered, settling: settlingOf(before, remembered, now) };
}

/** The MAC that the switches are told has the IP; undefined: none. */
export function holderOf({ claims, settling }: IpMoves): string | undefined {
  return settling?.isFrozen === true ? undefined : selectIpClaim(claims)?.claim.mac;
}

/** Of those that are only remembered the highest tells all that is to be known. */
function withoutOldest(claims: readonly IpClaim[]): readonly IpClaim[] {
  const over = claims.filter((each) => !each.isClaimed);
  const highest = over.reduce<IpClaim | undefined>((most, each) => {
    return most === undefined || each.sequence >= most.sequence ? each : most;
  }, undefined);
  return claims.filter((each) => each.isClaimed || each === highest);
}

/** What has come back is known to have been gone once. A claim of ours that is new takes the number after the highest of the other MACs, also one that was taken back since. */
function numbered(said: IpClaim, known: IpClaim | undefined, claims: readonly IpClaim[]): IpClaim {
  const claim = known?.goneAt === undefined ? said : { ...said, goneAt: known.goneAt };
  if (!claim.isOurs) return claim;
  const own = known?.isOurs === true ? known : undefined;
  const isNew = own === undefined || !own.isClaimed || claim.claim > own.claim;
  const others = claims.filter(({ mac }) => mac !== claim.mac).map(({ sequence }) => sequence);
  const sequence = own?.sequence ?? 0;
  const highest = Math.max(-1, ...others);
  return { ...claim, sequence: isNew && sequence <= highest ? Math.min(highest + 1, MAX_SEQUENCE) : sequence };
}

/** Owners are MACs here. */
function settlingOf(
  { claims: before, settling }: IpMoves,
  claims: readonly IpClaim[],
  now: number,
): Settling | undefined {
  if (claims.length < 2) return settling;
  const owner = selectIpClaim(claims)?.claim.mac;
  const known = settling ?? { ...UNKNOWN, owner: before.length === 1 ? before[0]?.mac : undefined };
  return settlingAfter(known, owner, owner ?? '', now);
}
