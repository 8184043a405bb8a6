import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rows of tables that cross process boundaries are looked up by their keys, whatever PostgreSQL believes to know of the tables. */
export class SureLookups1700000000029 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- To a planner that takes a table for empty, every index that begins with its name is as good as the primary key, and the smaller
      -- ones are better: a lookup by key then reads all rows of the table. Of an expression it knows that it serves nothing else.
      DROP INDEX pushed_row_by_bucket, derived_row_by_bucket, derived_row_by_revision;
      CREATE INDEX pushed_row_by_bucket ON pushed_row ((table_name || '/' || bucket::text));
      CREATE INDEX derived_row_by_bucket ON derived_row ((table_name || '/' || bucket::text)) WHERE row IS NOT NULL;
      CREATE INDEX derived_row_by_revision ON derived_row ((table_name || ''), revision);

      -- Once for each table instead of once for each row: whoever writes rows has locked their table.
      ALTER TABLE pushed_row DROP CONSTRAINT pushed_row_table_name_fkey;
      CREATE FUNCTION delete_pushed_rows() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          DELETE FROM pushed_row USING gone WHERE pushed_row.table_name = gone.name;
          RETURN NULL;
        END $$;
      CREATE TRIGGER pushed_table_deleted AFTER DELETE ON pushed_table REFERENCING OLD TABLE AS gone
        FOR EACH STATEMENT EXECUTE FUNCTION delete_pushed_rows();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER pushed_table_deleted ON pushed_table;
      DROP FUNCTION delete_pushed_rows;
      ALTER TABLE pushed_row ADD FOREIGN KEY (table_name) REFERENCES pushed_table ON DELETE CASCADE;
      DROP INDEX pushed_row_by_bucket, derived_row_by_bucket, derived_row_by_revision;
      CREATE INDEX pushed_row_by_bucket ON pushed_row (table_name, bucket);
      CREATE INDEX derived_row_by_bucket ON derived_row (table_name, bucket) WHERE row IS NOT NULL;
      CREATE INDEX derived_row_by_revision ON derived_row (table_name, revision);
    `);
  }
}
