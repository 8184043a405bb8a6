import type { Vni } from '@l2gw/l2';
import type { EntityManager } from 'typeorm';
import { conflict } from '../http/neutron-error.js';

/** VNIs that networks get when they ask for none, both ends included. */
export interface VniRange {
  readonly first: number;
  readonly last: number;
}

/** How many numbers of the sequence are tried before the table is searched for a gap. */
const TRIES = 16;

/** Takes exactly this VNI for the network. Throws 409 `VniInUse`, or `VniInQuarantine` with the switches that may still have it. */
export async function takeVni(db: EntityManager, networkId: string, vni: number): Promise<Vni> {
  const taken = await insert(db, networkId, 'SELECT $2::integer', vni);
  if (taken !== undefined) return taken;
  const refused = `Unable to create the network. The VXLAN network identifier ${vni} is in`;
  const [used]: unknown[] = await db.query('SELECT FROM vni WHERE vni = $1', [vni]);
  if (used !== undefined) throw conflict('VniInUse', `${refused} use.`);
  const holders: { name: string }[] = await db.query(
    'SELECT DISTINCT name FROM vni_hold JOIN switch ON switch.id = switch_id WHERE vni = $1 ORDER BY name',
    [vni],
  );
  throw conflict(
    'VniInQuarantine',
    `${refused} quarantine: the network that had it is not yet known to be gone from ${holders.map((each) => each.name).join(', ')}. ` +
      'Try again when its agent has answered, or forget the switch.',
  );
}

/**
 * Takes a free VNI of the range. They are handed out in turn, so that a freed one rests as long as possible.
 * Throws 409 `NoNetworkAvailable` when the range is used up.
 */
export async function allocateVni(db: EntityManager, networkId: string, range: VniRange): Promise<Vni> {
  const size = range.last - range.first + 1;
  for (let attempt = 0; attempt < Math.min(TRIES, size); attempt += 1) {
    const vni = await insert(
      db,
      networkId,
      `SELECT ${range.first} + ((nextval('vni_sequence') - 1) % $2::bigint)::integer`,
      size,
    );
    if (vni !== undefined) return vni;
  }
  return takeGap(db, networkId, range);
}

/** Tries again when somebody else was quicker; that can happen only as often as there are gaps. */
async function takeGap(db: EntityManager, networkId: string, range: VniRange): Promise<Vni> {
  for (;;) {
    const [gap]: { vni: number }[] = await db.query(
      `SELECT each AS vni FROM generate_series($1::integer, $2::integer) AS each
       WHERE NOT EXISTS (SELECT FROM vni WHERE vni = each) AND NOT EXISTS (SELECT FROM vni_hold WHERE vni = each) LIMIT 1`,
      [range.first, range.last],
    );
    if (gap === undefined) {
      throw conflict(
        'NoNetworkAvailable',
        'Unable to create the network. No tenant network is available for allocation.',
      );
    }
    const vni = await insert(db, networkId, 'SELECT $2::integer', gap.vni);
    if (vni !== undefined) return vni;
  }
}

async function insert(
  db: EntityManager,
  networkId: string,
  select: string,
  parameter: number,
): Promise<Vni | undefined> {
  const [row]: { vni: Vni }[] = await db.query(
    `WITH candidate AS MATERIALIZED (SELECT (${select}) AS vni)
     INSERT INTO vni (network_id, vni) SELECT $1::uuid, vni FROM candidate
     WHERE NOT EXISTS (SELECT FROM vni_hold WHERE vni_hold.vni = candidate.vni)
     ON CONFLICT (vni) DO NOTHING RETURNING vni`,
    [networkId, parameter],
  );
  return row?.vni;
}
