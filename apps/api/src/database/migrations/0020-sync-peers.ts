import type { MigrationInterface, QueryRunner } from 'typeorm';

/** This cloud's id, the clouds with which networks are shared, and over which remote gateways. */
export class SyncPeers1700000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Given at the first start that names it, and never another one.
      CREATE TABLE cloud (
        one boolean PRIMARY KEY DEFAULT true CHECK (one),
        id text NOT NULL
      );

      CREATE TABLE sync_peer (
        id uuid PRIMARY KEY,
        name varchar(255) NOT NULL,
        cloud text NOT NULL UNIQUE,
        servers jsonb NOT NULL,
        -- The name of a secret, never the secret.
        credentials text,
        keys jsonb NOT NULL,
        enabled boolean NOT NULL,
        policy jsonb NOT NULL,
        limits jsonb NOT NULL,
        stale_seconds integer NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        revision_number integer NOT NULL DEFAULT 1
      );

      ALTER TABLE remote_gateway ADD COLUMN sync_peer_id uuid REFERENCES sync_peer;
      CREATE INDEX remote_gateway_by_sync_peer ON remote_gateway (sync_peer_id) WHERE sync_peer_id IS NOT NULL;

      -- A stretch is a connection over a remote gateway of a peer; what the peer says of it is pushed to the table of this name.
      CREATE VIEW sync_stretch AS
        SELECT stretch.id, stretch.network_id, stretch.l2_gateway_id, stretch.remote_gateway_id, peer.id AS peer_id, peer.cloud,
          'import/' || peer.cloud || '/' || stretch.id AS table_name
        FROM remote_gateway_connection AS stretch
        JOIN remote_gateway ON remote_gateway.id = stretch.remote_gateway_id
        JOIN sync_peer AS peer ON peer.id = remote_gateway.sync_peer_id;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW sync_stretch;
      ALTER TABLE remote_gateway DROP COLUMN sync_peer_id;
      DROP TABLE sync_peer, cloud;
    `);
  }
}
