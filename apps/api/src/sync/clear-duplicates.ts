import { Injectable } from '@nestjs/common';
import { Facts, markMac } from '../database/facts.js';

@Injectable()
export class ClearDuplicates {
  constructor(private readonly facts: Facts) {}

  /** Lets frozen MACs move again at once: all of them, those of one network, or one. Answers how many. */
  run(network: string | undefined, mac: string | undefined): Promise<number> {
    return this.facts.commit(async (tx) => {
      const [cleared]: [{ network_id: string; mac: string }[], number] = await tx.db.query(
        `UPDATE mac_sequence SET is_frozen = false, moves = '{}', freezes = 0, frozen_until = NULL
         WHERE is_frozen AND ($1::uuid IS NULL OR network_id = $1) AND ($2::text IS NULL OR mac = $2) RETURNING network_id, mac`,
        [network ?? null, mac ?? null],
      );
      tx.mark(...cleared.map((each) => markMac(each.network_id, each.mac)));
      return cleared.length;
    });
  }
}
