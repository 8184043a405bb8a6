import { type NetworkKey, keyText } from '../forwarding/candidates.js';
import { groupAt, wantedOf } from '../forwarding/wanted.js';
import type { CompilerConnection } from './compiler-connection.js';

/**
 * What is remembered of MACs and IPs that other clouds claim, a text each, for it is compared with what they say now and nearly always
 * the same; a text that nothing can equal, if it was ever ours, is frozen, stated by an operator or withheld.
 */
export const claimText = (...fields: readonly (string | number | boolean)[]): string => fields.join(' ');

const DISPUTED = `'disputed'`;

interface Known {
  /** Which of the networks it is of. */
  readonly at: string;
  /** Which of the names that were asked. */
  readonly name: string;
  readonly claim: string;
}

/** Of MACs, by their keys' texts: cloud, sequence and IPs, as JSON and in order. */
export async function knownMacs(
  db: CompilerConnection,
  macs: readonly NetworkKey[],
): Promise<ReadonlyMap<string, string>> {
  return new Map(await known(db, MACS, macs));
}

/** Of IPs, by their keys' texts, for each MAC that claims it: MAC, cloud, whether it is bound, whether it is a router's, and sequence. */
export async function knownIps(
  db: CompilerConnection,
  ips: readonly NetworkKey[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const claims = new Map<string, string[]>();
  for (const [text, claim] of await known(db, IPS, ips)) {
    const others = claims.get(text);
    if (others === undefined) claims.set(text, [claim]);
    else others.push(claim);
  }
  return claims;
}

async function known(
  db: CompilerConnection,
  statement: string,
  keys: readonly NetworkKey[],
): Promise<readonly (readonly [text: string, claim: string])[]> {
  if (keys.length === 0) return [];
  const wanted = wantedOf(keys);
  const rows = await db.query<Known>(statement, wanted.parameters);
  return rows.map(({ at, name, claim }) => [keyText({ network: groupAt(wanted, at), name }), claim]);
}

const WANTED = 'unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS wanted (network, names, at)';

const MACS = `
  SELECT at, mac AS name, CASE WHEN own IS NULL AND claim = 0 AND NOT is_frozen
    THEN concat_ws(' ', owner, theirs, replace(ips::text, ' ', '')) ELSE ${DISPUTED} END AS claim
  FROM ${WANTED} CROSS JOIN LATERAL (SELECT * FROM mac_sequence WHERE network_id = network AND mac = ANY (names::text[]) OFFSET 0) AS known`;

const IPS = `
  SELECT at, ip AS name, CASE WHEN is_ours OR is_stated OR withheld
    THEN ${DISPUTED} ELSE concat_ws(' ', mac, cloud, is_immutable::text, is_router::text, sequence) END AS claim
  FROM ${WANTED} CROSS JOIN LATERAL (SELECT * FROM ip_claim WHERE network_id = network AND ip = ANY (names::text[]) OFFSET 0) AS known`;
