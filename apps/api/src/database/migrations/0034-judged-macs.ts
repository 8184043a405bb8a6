import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What another cloud says of a MAC just as before need not be judged again. */
export class JudgedMacs1700000000034 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The hash of what the owner says of the MAC, once it was found that nothing else is known of it and of its IPs.
      ALTER TABLE mac_sequence ADD COLUMN judged bigint;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE mac_sequence DROP COLUMN judged');
  }
}
