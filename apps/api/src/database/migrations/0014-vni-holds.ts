import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which VNIs may still be on which switches. */
export class VniHolds1700000000014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The switch was told of the network with this VNI. After it was told that the network is gone, at that revision of its table, the
      -- row stays until its agent has said that everything is cleaned up to there.
      CREATE TABLE vni_hold (
        switch_id text NOT NULL REFERENCES switch ON DELETE CASCADE,
        network_id uuid NOT NULL,
        vni integer NOT NULL,
        gone_revision bigint,
        PRIMARY KEY (switch_id, network_id, vni)
      );
      CREATE INDEX vni_hold_by_vni ON vni_hold (vni);
      INSERT INTO vni_hold (switch_id, network_id, vni)
        SELECT switch.id, key::uuid, (row::json ->> 'vni')::integer FROM derived_row JOIN switch ON table_name = 'switch/' || switch.id
        WHERE row IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE vni_hold');
  }
}
