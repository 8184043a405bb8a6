import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who asked for which change, when and from where, and what came of it. */
export class Audit1700000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit (
        -- Begins with the time, so that new rows lie side by side in the index.
        id uuid PRIMARY KEY,
        at timestamptz(3) NOT NULL,
        request_id text NOT NULL,
        global_request_id text NOT NULL,
        user_id text NOT NULL,
        user_name text NOT NULL,
        project_id text NOT NULL,
        source text NOT NULL,
        noun text NOT NULL,
        verb text NOT NULL,
        resource_id text NOT NULL,
        method text NOT NULL,
        path text NOT NULL,
        status integer NOT NULL,
        error_type text NOT NULL,
        attributes jsonb,
        -- How many requests the row stands for: more than one when a flood of refused ones was summed up.
        count integer NOT NULL,
        -- False: came no further than the door.
        admitted boolean NOT NULL
      );
      CREATE INDEX audit_by_time ON audit (at);
      CREATE INDEX audit_of_strangers ON audit (at) WHERE NOT admitted;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit');
  }
}
