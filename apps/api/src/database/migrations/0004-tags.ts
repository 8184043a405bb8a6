import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tags, which operators put on networks, subnets and ports to find them by. */
export class Tags1700000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE network ADD COLUMN tags text[] NOT NULL DEFAULT '{}';
      ALTER TABLE subnet ADD COLUMN tags text[] NOT NULL DEFAULT '{}';
      ALTER TABLE port ADD COLUMN tags text[] NOT NULL DEFAULT '{}';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE network DROP COLUMN tags;
      ALTER TABLE subnet DROP COLUMN tags;
      ALTER TABLE port DROP COLUMN tags;
    `);
  }
}
