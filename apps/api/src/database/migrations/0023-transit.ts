import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether what a peer says is passed on to other peers, and whether to it such things lead by way of us. */
export class Transit1700000000023 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sync_peer
        ADD COLUMN transit boolean NOT NULL DEFAULT false,
        ADD COLUMN next_hop_self boolean NOT NULL DEFAULT false;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sync_peer DROP COLUMN transit, DROP COLUMN next_hop_self');
  }
}
