import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which instance of remote-sync is the active one, and for how long. */
export class SyncSession1700000000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sync_session (
        one boolean PRIMARY KEY DEFAULT true CHECK (one),
        -- Of the latest lease; it only grows. Pushes under a lower one are refused.
        epoch bigint NOT NULL DEFAULT 0,
        instance text NOT NULL DEFAULT '',
        held_until timestamptz NOT NULL DEFAULT '-infinity'
      );
      INSERT INTO sync_session DEFAULT VALUES;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE sync_session');
  }
}
