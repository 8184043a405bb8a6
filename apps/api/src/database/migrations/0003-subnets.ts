import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Subnets, and which port has which address. */
export class Subnets1700000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE subnet (
        id uuid PRIMARY KEY,
        network_id uuid NOT NULL REFERENCES network ON DELETE CASCADE,
        name varchar(255) NOT NULL,
        description varchar(255) NOT NULL,
        project_id varchar(255) NOT NULL,
        ip_version integer NOT NULL CHECK (ip_version IN (4, 6)),
        cidr cidr NOT NULL,
        gateway_ip text,
        allocation_pools jsonb NOT NULL,
        enable_dhcp boolean NOT NULL,
        dns_nameservers jsonb NOT NULL,
        host_routes jsonb NOT NULL,
        ipv6_ra_mode text,
        ipv6_address_mode text,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        revision_number integer NOT NULL DEFAULT 0
      );
      CREATE INDEX subnet_by_network ON subnet (network_id);
      CREATE INDEX subnet_by_name ON subnet (name);

      -- The fixed IPs of ports, once more; the primary key is what keeps an address of a network from being given twice.
      CREATE TABLE fixed_ip (
        network_id uuid NOT NULL,
        ip inet NOT NULL,
        port_id uuid NOT NULL REFERENCES port ON DELETE CASCADE,
        subnet_id uuid REFERENCES subnet,
        PRIMARY KEY (network_id, ip)
      );
      CREATE INDEX fixed_ip_by_port ON fixed_ip (port_id);
      CREATE INDEX fixed_ip_by_subnet ON fixed_ip (subnet_id) WHERE subnet_id IS NOT NULL;
      -- Nobody looked after doubles before; of those, the first port has the address.
      INSERT INTO fixed_ip (network_id, ip, port_id)
        SELECT network_id, (each ->> 'ip_address')::inet, id FROM port, jsonb_array_elements(fixed_ips) AS each ORDER BY created_at
        ON CONFLICT DO NOTHING;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE fixed_ip, subnet');
  }
}
