import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Remote gateways, the networks that are stretched to them, and the hosts over there. */
export class Remote1700000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE remote_gateway (
        id uuid PRIMARY KEY,
        name varchar(255) NOT NULL,
        ipaddr text NOT NULL,
        project_id varchar(255) NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        revision_number integer NOT NULL DEFAULT 1
      );
      CREATE INDEX remote_gateway_by_name ON remote_gateway (name);

      -- Goes through every switch of the gateway, so the network must stay connected to the gateway as long as this exists.
      CREATE TABLE remote_gateway_connection (
        id uuid PRIMARY KEY,
        l2_gateway_id uuid NOT NULL,
        network_id uuid NOT NULL,
        remote_gateway_id uuid NOT NULL REFERENCES remote_gateway,
        project_id varchar(255) NOT NULL,
        -- The network's VNI over there; null: the same as here.
        segmentation_id integer CHECK (segmentation_id BETWEEN 1 AND 16777215),
        flood boolean NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        revision_number integer NOT NULL DEFAULT 1,
        UNIQUE (network_id, l2_gateway_id, remote_gateway_id),
        CONSTRAINT remote_gateway_connection_connected
          FOREIGN KEY (network_id, l2_gateway_id) REFERENCES l2_gateway_connection (network_id, l2_gateway_id)
      );
      CREATE INDEX remote_gateway_connection_by_remote_gateway ON remote_gateway_connection (remote_gateway_id);

      -- A host with several IPs has a row for each.
      CREATE TABLE remote_mac (
        id uuid PRIMARY KEY,
        connection_id uuid NOT NULL REFERENCES remote_gateway_connection ON DELETE CASCADE,
        network_id uuid NOT NULL,
        mac text NOT NULL,
        ipaddr text NOT NULL,
        project_id varchar(255) NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (connection_id, mac, ipaddr)
      );
      CREATE INDEX remote_mac_by_mac ON remote_mac (network_id, mac);

      -- What an operator says of the switch.
      ALTER TABLE switch ADD COLUMN capabilities text[] NOT NULL DEFAULT '{}';
      ALTER TABLE switch ADD COLUMN model varchar(255) NOT NULL DEFAULT '';
      ALTER TABLE switch ADD COLUMN management jsonb NOT NULL DEFAULT '{}';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE switch DROP COLUMN capabilities, DROP COLUMN model, DROP COLUMN management;
      DROP TABLE remote_mac, remote_gateway_connection, remote_gateway;
    `);
  }
}
