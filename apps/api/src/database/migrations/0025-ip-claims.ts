import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which MACs of shared networks claim which IPs, how the IPs have moved between them, and on what clouds do not agree. */
export class IpClaims1700000000025 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Written by the compiler alone.
      CREATE TABLE ip_claim (
        network_id uuid NOT NULL REFERENCES network ON DELETE CASCADE,
        ip text NOT NULL,
        mac text NOT NULL,
        -- The cloud that says so, and whether it is this one.
        cloud text NOT NULL,
        is_ours boolean NOT NULL,
        is_stated boolean NOT NULL,
        is_immutable boolean NOT NULL,
        is_router boolean NOT NULL,
        sequence bigint NOT NULL,
        -- The latest claim of this cloud that was looked at; 0: there was none.
        claim bigint NOT NULL,
        -- False: it is only remembered, for a week.
        claimed boolean NOT NULL,
        -- The switches are told that this MAC has the IP.
        holds boolean NOT NULL,
        seen_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (network_id, ip, mac)
      );
      CREATE INDEX ip_claim_by_mac ON ip_claim (network_id, mac);
      CREATE INDEX ip_claim_unclaimed ON ip_claim (seen_at) WHERE NOT claimed;

      -- Duplicates (RFC 9161 §3.7) of IPs that more than one MAC has claimed: the MAC that is right, and the times of the latest moves in milliseconds.
      CREATE TABLE ip_settling (
        network_id uuid NOT NULL REFERENCES network ON DELETE CASCADE,
        ip text NOT NULL,
        owner text,
        stable text,
        moves bigint[] NOT NULL,
        is_frozen boolean NOT NULL,
        frozen_until bigint,
        freezes integer NOT NULL,
        PRIMARY KEY (network_id, ip)
      );
      CREATE INDEX ip_settling_frozen ON ip_settling (frozen_until) WHERE is_frozen;

      -- A MAC or an IP on which clouds do not agree.
      CREATE TABLE sync_conflict (
        network_id uuid NOT NULL REFERENCES network ON DELETE CASCADE,
        subject text NOT NULL,
        kind text NOT NULL,
        text text NOT NULL,
        claims jsonb NOT NULL,
        since timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (network_id, subject)
      );
      ALTER TABLE mac_sequence DROP COLUMN is_told;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE sync_conflict, ip_settling, ip_claim;
      ALTER TABLE mac_sequence ADD COLUMN is_told boolean NOT NULL DEFAULT false;
    `);
  }
}
