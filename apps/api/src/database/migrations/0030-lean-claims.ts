import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Claims of MACs and IPs of shared networks cost one look-up each while nothing changes about them, and one row when they are new. */
export class LeanClaims1700000000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The compiler, which alone writes them, deletes them with their network: a foreign key is looked up for each row.
      -- Whether a MAC or an IP is claimed now is what is derived of it; it is not written again when it comes and goes.
      ALTER TABLE mac_sequence DROP CONSTRAINT mac_sequence_network_id_fkey,
        -- Milliseconds: when it was last seen, to a day, that nobody claimed the MAC any more.
        ADD COLUMN gone_at bigint,
        -- IPs of which ip_claim has rows with this MAC.
        ADD COLUMN ips jsonb NOT NULL DEFAULT '[]';
      UPDATE mac_sequence SET gone_at = CASE WHEN NOT claimed THEN extract(epoch FROM seen_at) * 1000 END, ips = (
        SELECT coalesce(jsonb_agg(ip ORDER BY ip COLLATE "C"), '[]') FROM ip_claim
        WHERE ip_claim.network_id = mac_sequence.network_id AND ip_claim.mac = mac_sequence.mac);
      ALTER TABLE mac_sequence DROP COLUMN claimed, DROP COLUMN seen_at;

      ALTER TABLE ip_claim DROP CONSTRAINT ip_claim_network_id_fkey,
        ADD COLUMN gone_at bigint,
        -- It is claimed, and the switches are not told: another MAC has the IP, or nobody while it is frozen.
        ADD COLUMN withheld boolean NOT NULL DEFAULT false;
      UPDATE ip_claim SET gone_at = CASE WHEN NOT claimed THEN extract(epoch FROM seen_at) * 1000 END, withheld = claimed AND NOT holds;
      DROP INDEX ip_claim_by_mac;
      ALTER TABLE ip_claim DROP COLUMN claimed, DROP COLUMN holds, DROP COLUMN seen_at;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE ip_claim ADD COLUMN claimed boolean NOT NULL DEFAULT true, ADD COLUMN holds boolean NOT NULL DEFAULT true,
        ADD COLUMN seen_at timestamptz NOT NULL DEFAULT now();
      UPDATE ip_claim SET claimed = gone_at IS NULL, holds = gone_at IS NULL AND NOT withheld;
      ALTER TABLE ip_claim DROP COLUMN gone_at, DROP COLUMN withheld, ADD FOREIGN KEY (network_id) REFERENCES network ON DELETE CASCADE;
      CREATE INDEX ip_claim_by_mac ON ip_claim (network_id, mac);
      CREATE INDEX ip_claim_unclaimed ON ip_claim (seen_at) WHERE NOT claimed;

      ALTER TABLE mac_sequence ADD COLUMN claimed boolean NOT NULL DEFAULT true, ADD COLUMN seen_at timestamptz NOT NULL DEFAULT now();
      UPDATE mac_sequence SET claimed = gone_at IS NULL;
      ALTER TABLE mac_sequence DROP COLUMN gone_at, DROP COLUMN ips, ADD FOREIGN KEY (network_id) REFERENCES network ON DELETE CASCADE;
      CREATE INDEX mac_sequence_unclaimed ON mac_sequence (seen_at) WHERE NOT claimed;
    `);
  }
}
