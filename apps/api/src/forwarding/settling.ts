/** What is known of a MAC that clouds may be quarrelling about (RFC 7432 §15.1, duplicate MACs). Times are milliseconds. */
export interface Settling {
  /** The cloud that was right last; undefined: none ever was. */
  readonly owner: string | undefined;
  /** The cloud that was right before the first of the moves: it keeps the MAC while it is frozen. */
  readonly stable: string | undefined;
  /** When it moved of late. */
  readonly moves: readonly number[];
  readonly isFrozen: boolean;
  /** Until when it is, or was last, frozen. */
  readonly frozenUntil: number | undefined;
  /** How often in a row. */
  readonly freezes: number;
}

export const UNKNOWN: Settling = {
  owner: undefined,
  stable: undefined,
  moves: [],
  isFrozen: false,
  frozenUntil: undefined,
  freezes: 0,
};

/** A MAC that moves so often within this time is in two places at once, or is being lied about. */
const MOST_MOVES = 5;
const WINDOW_MS = 180_000;
const FIRST_FREEZE_MS = 1_800_000;
const LONGEST_FREEZE_MS = 86_400_000;

/** MACs of virtual routers move by design: VRRP (RFC 5798 §7.3), HSRP, GLBP. */
const VIRTUAL_ROUTER = /^(00:00:5e:00:0[12]:|00:00:0c:07:ac:|00:00:0c:9f:f|00:07:b4:00:)/;

/** Nobody needs to know more exactly when something went: what comes and goes all the time is not written each time. */
const GONE_TO_MS = 86_400_000;

/** When it went that nobody claims any more. */
export function goneSince(before: number | undefined, now: number): number {
  return before !== undefined && now - before < GONE_TO_MS ? before : now;
}

/** What is known now that this cloud is right, for another reason than a move. */
export function succeededBy(before: Settling, owner: string | undefined): Settling {
  return before.isFrozen || owner === undefined || owner === before.owner ? before : { ...before, owner };
}

/** What is known now that it has moved to this cloud; nothing moves while it is frozen, nor by being nobody's for a while. */
export function settlingAfter(before: Settling, owner: string | undefined, mac: string, now: number): Settling {
  if (before.isFrozen || owner === undefined || owner === before.owner) return before;
  if (before.owner === undefined || VIRTUAL_ROUTER.test(mac)) return { ...before, owner };
  const recent = before.moves.filter((at) => now - at < WINDOW_MS);
  const stable = recent.length === 0 ? before.owner : before.stable;
  const moves = [...recent, now];
  if (moves.length < MOST_MOVES) return { ...before, owner, stable, moves };
  const isAgain = before.frozenUntil !== undefined && now - before.frozenUntil < LONGEST_FREEZE_MS;
  const freezes = isAgain ? before.freezes + 1 : 1;
  const frozenUntil = now + Math.min(FIRST_FREEZE_MS * 2 ** (freezes - 1), LONGEST_FREEZE_MS);
  return { owner, stable, moves: [], isFrozen: true, frozenUntil, freezes };
}
