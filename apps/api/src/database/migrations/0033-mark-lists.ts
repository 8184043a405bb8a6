import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Marks of one table are kept as lists of keys. */
export class MarkLists1700000000033 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Nobody marks while this waits for those who do: what they have committed is seen below.
      DROP INDEX dirty_mark_by_lane;
      ALTER TABLE dirty_mark RENAME TO waiting;

      -- The compiler of a replica that is older must fail as a whole: it would take a list for a mark of nothing.
      CREATE TABLE dirty_mark (
        lane smallint NOT NULL,
        xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
        table_name text NOT NULL,
        keys text[] NOT NULL CHECK (keys <> '{}' AND array_position(keys, NULL) IS NULL)
      ) WITH (toast_tuple_target = 8160); -- Long keys, too, stay in their row as they are.
      CREATE INDEX dirty_mark_by_lane ON dirty_mark (lane, xid);
      INSERT INTO dirty_mark (lane, table_name, keys)
        SELECT lane, table_name, array_agg(key)
        FROM (SELECT lane, table_name, key, row_number() OVER (PARTITION BY lane, table_name ORDER BY xid) - 1 AS place FROM waiting) AS placed
        GROUP BY lane, table_name, place / 64;
      DROP TABLE waiting;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX dirty_mark_by_lane;
      ALTER TABLE dirty_mark RENAME TO waiting;
      CREATE TABLE dirty_mark (
        lane smallint NOT NULL,
        xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
        table_name text NOT NULL,
        key text NOT NULL
      );
      CREATE INDEX dirty_mark_by_lane ON dirty_mark (lane, xid);
      INSERT INTO dirty_mark (lane, table_name, key) SELECT lane, table_name, unnest(keys) FROM waiting ORDER BY xid;
      DROP TABLE waiting;
    `);
  }
}
