import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What becomes of the MACs of another cloud on a switch whose tunnel there is down. */
export class TunnelPolicy1700000000026 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE sync_peer ADD COLUMN on_tunnel_down text NOT NULL DEFAULT 'keep'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sync_peer DROP COLUMN on_tunnel_down');
  }
}
