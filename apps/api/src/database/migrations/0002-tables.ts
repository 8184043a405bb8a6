import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables that cross process boundaries: what agents push, what the compiler derives, and the marks between the two. */
export class Tables1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A switch that an operator announced or whose agent has opened a session. The id is the agent's client id.
      CREATE TABLE switch (
        id text PRIMARY KEY,
        name varchar(255) NOT NULL UNIQUE,
        description varchar(255) NOT NULL DEFAULT '',
        announced boolean NOT NULL,
        epoch bigint NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        revision_number integer NOT NULL DEFAULT 1
      );

      CREATE TABLE pushed_table (
        name text PRIMARY KEY,
        client text NOT NULL,
        epoch bigint NOT NULL,
        position bigint NOT NULL,
        -- It was whole once; before, what is not in it may still be to come.
        complete boolean NOT NULL DEFAULT false
      );
      CREATE TABLE pushed_row (
        table_name text NOT NULL REFERENCES pushed_table ON DELETE CASCADE,
        key text NOT NULL,
        row jsonb NOT NULL,
        hash bigint NOT NULL,
        bucket smallint NOT NULL,
        arrival bigint NOT NULL DEFAULT nextval('claim_sequence'),
        logical_switch text GENERATED ALWAYS AS (row ->> 'logicalSwitch') STORED,
        mac text GENERATED ALWAYS AS (row ->> 'mac') STORED,
        PRIMARY KEY (table_name, key)
      );
      CREATE INDEX pushed_row_by_bucket ON pushed_row (table_name, bucket);
      CREATE INDEX pushed_row_by_mac ON pushed_row (logical_switch, mac) WHERE mac IS NOT NULL;

      CREATE SEQUENCE revision_sequence;
      CREATE TABLE derived_table (
        name text PRIMARY KEY,
        revision bigint NOT NULL,
        digest bigint NOT NULL,
        removed boolean NOT NULL DEFAULT false
      );
      CREATE TABLE derived_row (
        table_name text NOT NULL,
        key text NOT NULL,
        row text,
        hash bigint NOT NULL,
        bucket smallint NOT NULL,
        revision bigint NOT NULL,
        written_at timestamptz NOT NULL,
        PRIMARY KEY (table_name, key)
      );
      CREATE INDEX derived_row_by_revision ON derived_row (table_name, revision);
      CREATE INDEX derived_row_tombstones ON derived_row (written_at) WHERE row IS NULL;
      CREATE INDEX derived_row_by_bucket ON derived_row (table_name, bucket) WHERE row IS NOT NULL;

      -- The epoch of this database's tables rises when a reader proves that it has seen a later state than ours.
      CREATE TABLE table_epoch (
        one boolean PRIMARY KEY DEFAULT true CHECK (one),
        counter integer NOT NULL,
        -- Tombstones of revisions up to here are gone: nobody can ask what changed since before.
        pruned bigint NOT NULL DEFAULT 0
      );
      INSERT INTO table_epoch (counter) VALUES (1);

      -- A mark names a derived row that may have changed; an empty key stands for the whole table. Lane 0 is for single
      -- changes, lane 1 for bulk ones, so that a bulk never holds up a single port.
      CREATE TABLE dirty_mark (
        lane smallint NOT NULL,
        xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
        table_name text NOT NULL,
        key text NOT NULL
      );
      CREATE INDEX dirty_mark_by_lane ON dirty_mark (lane, xid);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE dirty_mark, table_epoch, derived_row, derived_table, pushed_row, pushed_table, switch;
      DROP SEQUENCE revision_sequence;
    `);
  }
}
