import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How often the MACs of networks that are shared have moved between clouds (RFC 7432 §7.7). */
export class MacSequences1700000000022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Written by the compiler alone. It outlives the claims for a week, so that a MAC that comes back is believed.
      CREATE TABLE mac_sequence (
        network_id uuid NOT NULL REFERENCES network ON DELETE CASCADE,
        mac text NOT NULL,
        -- What this cloud's latest claim has; null: it never had one.
        own bigint,
        -- The highest that another cloud has said; null: none ever did.
        theirs bigint,
        -- The latest claim of this cloud that was looked at; 0: there was none.
        claim bigint NOT NULL,
        -- Somebody claims the MAC now.
        claimed boolean NOT NULL,
        seen_at timestamptz NOT NULL DEFAULT now(),
        -- Duplicates (RFC 7432 §15.1): the cloud that is right, the one that was before the latest moves, and their times in milliseconds.
        owner text,
        stable text,
        moves bigint[] NOT NULL,
        is_frozen boolean NOT NULL,
        frozen_until bigint,
        freezes integer NOT NULL,
        is_told boolean NOT NULL DEFAULT false,
        PRIMARY KEY (network_id, mac)
      );
      CREATE INDEX mac_sequence_frozen ON mac_sequence (frozen_until) WHERE is_frozen;
      CREATE INDEX mac_sequence_unclaimed ON mac_sequence (seen_at) WHERE NOT claimed;

      -- MACs of routers are nobody else's.
      CREATE INDEX port_of_router ON port (network_id) WHERE device_owner LIKE 'network:%router%';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX port_of_router; DROP TABLE mac_sequence');
  }
}
