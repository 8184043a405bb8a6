import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Facts that operators state: networks, ports, hosts, gateways and their connections. */
export class Facts1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SEQUENCE vni_sequence;
      -- Orders local claims to a MAC: a bound port and a learned MAC each take the next number when they appear.
      CREATE SEQUENCE claim_sequence;

      CREATE TABLE network (
        id uuid PRIMARY KEY,
        name varchar(255) NOT NULL,
        description varchar(255) NOT NULL,
        project_id varchar(255) NOT NULL,
        admin_state_up boolean NOT NULL,
        shared boolean NOT NULL,
        external boolean NOT NULL,
        mtu integer NOT NULL,
        segments jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        revision_number integer NOT NULL DEFAULT 1
      );
      CREATE INDEX network_by_name ON network (name);

      -- One row per VXLAN segment; the primary key is what keeps a VNI from being given twice.
      CREATE TABLE vni (
        vni integer PRIMARY KEY CHECK (vni BETWEEN 1 AND 16777215),
        network_id uuid NOT NULL REFERENCES network ON DELETE CASCADE
      );
      CREATE INDEX vni_by_network ON vni (network_id);

      CREATE TABLE host (
        id uuid PRIMARY KEY,
        host varchar(255) NOT NULL,
        agent_type varchar(255) NOT NULL,
        binary_name varchar(255) NOT NULL,
        topic varchar(255) NOT NULL,
        admin_state_up boolean NOT NULL,
        configurations jsonb NOT NULL,
        vtep_ip text,
        created_at timestamptz NOT NULL DEFAULT now(),
        heartbeat_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (host, agent_type)
      );
      CREATE INDEX host_by_vtep ON host (vtep_ip);
      -- A host runs several kinds of agents; the VTEP is that of the first kind, by name, that has one.
      CREATE VIEW host_vtep AS
        SELECT host, vtep_ip FROM host WHERE vtep_ip IS NOT NULL AND NOT EXISTS (
          SELECT FROM host AS other
          WHERE other.host = host.host AND other.vtep_ip IS NOT NULL AND other.agent_type < host.agent_type);

      CREATE TABLE port (
        id uuid PRIMARY KEY,
        network_id uuid NOT NULL REFERENCES network,
        name varchar(255) NOT NULL,
        description varchar(255) NOT NULL,
        project_id varchar(255) NOT NULL,
        mac_address text NOT NULL,
        fixed_ips jsonb NOT NULL,
        allowed_address_pairs jsonb NOT NULL,
        host_id varchar(255) NOT NULL,
        vnic_type varchar(64) NOT NULL,
        profile jsonb NOT NULL,
        device_id varchar(255) NOT NULL,
        device_owner varchar(255) NOT NULL,
        admin_state_up boolean NOT NULL,
        claim bigint NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        revision_number integer NOT NULL DEFAULT 1,
        UNIQUE (network_id, mac_address)
      );
      CREATE INDEX port_by_network_host ON port (network_id, host_id);
      CREATE INDEX port_by_host ON port (host_id);
      CREATE INDEX port_by_device ON port (device_id);
      CREATE INDEX port_by_name ON port (name);

      -- Every MAC a port may speak with: its own and those of its allowed address pairs.
      CREATE TABLE port_mac (
        port_id uuid NOT NULL REFERENCES port ON DELETE CASCADE,
        network_id uuid NOT NULL,
        mac text NOT NULL,
        ips text[] NOT NULL,
        PRIMARY KEY (port_id, mac)
      );
      CREATE INDEX port_mac_by_mac ON port_mac (network_id, mac);

      CREATE TABLE l2_gateway (
        id uuid PRIMARY KEY,
        name varchar(255) NOT NULL,
        project_id varchar(255) NOT NULL,
        devices jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        revision_number integer NOT NULL DEFAULT 1
      );
      CREATE INDEX l2_gateway_by_name ON l2_gateway (name);

      CREATE TABLE l2_gateway_connection (
        id uuid PRIMARY KEY,
        l2_gateway_id uuid NOT NULL REFERENCES l2_gateway,
        network_id uuid NOT NULL REFERENCES network,
        project_id varchar(255) NOT NULL,
        segmentation_id integer,
        port_id uuid NOT NULL REFERENCES port,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        revision_number integer NOT NULL DEFAULT 1,
        UNIQUE (network_id, l2_gateway_id)
      );
      CREATE INDEX l2_gateway_connection_by_gateway ON l2_gateway_connection (l2_gateway_id);

      -- What the connections amount to. The primary key is what keeps a VLAN of a port with one network.
      CREATE TABLE binding (
        device_name varchar(255) NOT NULL,
        port_name varchar(255) NOT NULL,
        vlan integer NOT NULL CHECK (vlan BETWEEN 0 AND 4094),
        network_id uuid NOT NULL,
        connection_id uuid NOT NULL REFERENCES l2_gateway_connection ON DELETE CASCADE,
        -- Another one each time the binding is made anew.
        generation bigint NOT NULL DEFAULT nextval('claim_sequence'),
        PRIMARY KEY (device_name, port_name, vlan)
      );
      CREATE INDEX binding_by_connection ON binding (connection_id);
      CREATE INDEX binding_by_network ON binding (network_id, device_name);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE binding, l2_gateway_connection, l2_gateway, port_mac, port, vni, network;
      DROP VIEW host_vtep;
      DROP TABLE host;
      DROP SEQUENCE claim_sequence, vni_sequence;
    `);
  }
}
