import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Since when an agent has been saying what it says. Rows that are there already count from now; none is written anew. */
export class Since1700000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE pushed_row ADD COLUMN since timestamptz NOT NULL DEFAULT now()');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE pushed_row DROP COLUMN since');
  }
}
