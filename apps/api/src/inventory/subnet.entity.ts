import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Addresses from `start` to `end`, both included. */
export interface AddressPool {
  readonly start: string;
  readonly end: string;
}

export interface HostRoute {
  readonly destination: string;
  readonly nexthop: string;
}

@Entity('subnet')
export class SubnetEntity {
  @PrimaryColumn('uuid') readonly id: string;
  @Column('uuid') readonly network_id: string;
  @Column('varchar') readonly name: string;
  @Column('varchar') readonly description: string;
  @Column('varchar') readonly project_id: string;
  @Column('integer') readonly ip_version: 4 | 6;
  @Column('cidr') readonly cidr: string;
  @Column('text', { nullable: true }) readonly gateway_ip: string | null;
  /** Where ports get their addresses from when they name none. */
  @Column('jsonb') readonly allocation_pools: readonly AddressPool[];
  @Column('boolean') readonly enable_dhcp: boolean;
  @Column('jsonb') readonly dns_nameservers: readonly string[];
  @Column('jsonb') readonly host_routes: readonly HostRoute[];
  @Column('text', { nullable: true }) readonly ipv6_ra_mode: string | null;
  @Column('text', { nullable: true }) readonly ipv6_address_mode: string | null;
  @Column({ type: 'text', array: true, insert: false }) readonly tags: readonly string[];
  @Column({ type: 'timestamptz', insert: false }) readonly created_at: Date;
  @Column({ type: 'timestamptz', insert: false }) readonly updated_at: Date;
  @Column({ type: 'integer', insert: false }) readonly revision_number: number;
}
