import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is pushed costs two indexes: whatever else is asked of it is found by the key. */
export class LeanPushes1700000000031 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- MACs of other clouds are listed in the order of their tables and keys.
      DROP INDEX pushed_row_by_place, pushed_row_by_mac, pushed_row_by_bucket;
      ALTER TABLE pushed_row DROP COLUMN logical_switch, DROP COLUMN mac;

      -- Eight bytes instead of the table's long name, which every new row has to be compared with.
      CREATE INDEX pushed_row_by_bucket ON pushed_row (hashtextextended(table_name, bucket));

      -- Few rows are of MACs that switches have learned, and they alone are sought by network and MAC.
      CREATE INDEX pushed_row_by_learned_mac ON pushed_row ((row ->> 'logicalSwitch'), (row ->> 'mac')) WHERE left(table_name, 8) = 'learned/';
      CREATE VIEW learned_mac AS
        SELECT table_name, key, row, arrival, since, row ->> 'logicalSwitch' AS logical_switch, row ->> 'mac' AS mac
        FROM pushed_row WHERE left(table_name, 8) = 'learned/' AND row <> '{}';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW learned_mac;
      DROP INDEX pushed_row_by_learned_mac, pushed_row_by_bucket;
      ALTER TABLE pushed_row ADD COLUMN logical_switch text GENERATED ALWAYS AS (row ->> 'logicalSwitch') STORED,
        ADD COLUMN mac text GENERATED ALWAYS AS (row ->> 'mac') STORED;
      CREATE INDEX pushed_row_by_bucket ON pushed_row ((table_name || '/' || bucket::text));
      CREATE INDEX pushed_row_by_mac ON pushed_row (logical_switch, mac) WHERE mac IS NOT NULL;
      CREATE INDEX pushed_row_by_place ON pushed_row ((md5(table_name || ' ' || key)::uuid)) WHERE table_name LIKE 'import/%';
    `);
  }
}
