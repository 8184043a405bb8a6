import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was dropped is told by a table of its own: a row that goes and comes back costs no more than one that is new. */
export class Drops1700000000032 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX derived_row_tombstones, derived_row_by_bucket;
      -- Only ever appended to, and pruned. A drop stays where it is when the key has a row again, or is dropped again: the latest holds.
      CREATE TABLE derived_drop (
        table_name text NOT NULL,
        key text NOT NULL,
        revision bigint NOT NULL,
        dropped_at timestamptz NOT NULL
      );
      CREATE INDEX derived_drop_by_revision ON derived_drop (table_name, revision);
      INSERT INTO derived_drop SELECT table_name, key, revision, written_at FROM derived_row WHERE row IS NULL ORDER BY revision;
      DELETE FROM derived_row WHERE row IS NULL;

      ALTER TABLE derived_row ALTER COLUMN row SET NOT NULL;
      -- The compiler of a replica that is older must fail as a whole: what it cannot drop it would take for facts that nobody can compile.
      ALTER TABLE derived_row RENAME COLUMN written_at TO since;
      CREATE INDEX derived_row_by_bucket ON derived_row ((table_name || '/' || bucket::text));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX derived_row_by_bucket;
      ALTER TABLE derived_row RENAME COLUMN since TO written_at;
      ALTER TABLE derived_row ALTER COLUMN row DROP NOT NULL;
      CREATE INDEX derived_row_tombstones ON derived_row (written_at) WHERE row IS NULL;
      CREATE INDEX derived_row_by_bucket ON derived_row ((table_name || '/' || bucket::text)) WHERE row IS NOT NULL;

      -- The bucket of a key is not known here, so no tombstone can be made of a drop: readers who are behind compare digests.
      UPDATE table_epoch SET pruned = greatest(pruned, (SELECT max(revision) FROM derived_drop));
      DROP TABLE derived_drop;
    `);
  }
}
