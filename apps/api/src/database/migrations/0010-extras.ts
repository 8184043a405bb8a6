import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What clients say of ports and networks for others to act on: kept and shown. */
export class Extras1700000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE port ADD COLUMN extras jsonb NOT NULL DEFAULT '{}';
      ALTER TABLE network ADD COLUMN port_security_enabled boolean NOT NULL DEFAULT true;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE port DROP COLUMN extras;
      ALTER TABLE network DROP COLUMN port_security_enabled;
    `);
  }
}
