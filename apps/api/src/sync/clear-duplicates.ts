import { Injectable } from '@nestjs/common';
import { Facts, type FactsTransaction, markMac } from '../database/facts.js';
import type { Clear } from './clear-query.js';

@Injectable()
export class ClearDuplicates {
  constructor(private readonly facts: Facts) {}

  /** Lets frozen MACs and IPs move again at once: all of them, those of one network, or one. Answers how many. */
  run(clear: Clear): Promise<number> {
    return this.facts.commit(async (tx) => (await thawMacs(tx, clear)) + (await thawIps(tx, clear)));
  }
}

async function thawMacs(tx: FactsTransaction, { network, mac, ip }: Clear): Promise<number> {
  if (ip !== undefined) return 0;
  const [cleared]: [{ network_id: string; mac: string }[], number] = await tx.db.query(
    `UPDATE mac_sequence SET is_frozen = false, moves = '{}', freezes = 0, frozen_until = NULL
     WHERE is_frozen AND ($1::uuid IS NULL OR network_id = $1) AND ($2::text IS NULL OR mac = $2) RETURNING network_id, mac`,
    [network ?? null, mac ?? null],
  );
  tx.mark(...cleared.map((each) => markMac(each.network_id, each.mac)));
  return cleared.length;
}

/** A MAC stands for the IPs that it claims. */
async function thawIps(tx: FactsTransaction, { network, mac, ip }: Clear): Promise<number> {
  const [cleared]: [{ network_id: string; ip: string }[], number] = await tx.db.query(
    `UPDATE ip_settling SET is_frozen = false, moves = '{}', freezes = 0, frozen_until = NULL
     WHERE is_frozen AND ($1::uuid IS NULL OR network_id = $1) AND ($2::text IS NULL OR ip = $2) AND ($3::text IS NULL OR EXISTS (
       SELECT FROM ip_claim WHERE ip_claim.network_id = ip_settling.network_id AND ip_claim.ip = ip_settling.ip AND mac = $3 AND withheld))
     RETURNING network_id, ip`,
    [network ?? null, ip ?? null, mac ?? null],
  );
  await tx.markSelected(
    `SELECT 'network/' || network_id, 'mac/' || mac FROM unnest($1::uuid[], $2::text[]) AS thawed (network, address)
     JOIN ip_claim ON network_id = network AND ip = address`,
    [cleared.map((each) => each.network_id), cleared.map((each) => each.ip)],
  );
  return cleared.length;
}
