import { Column, Entity, PrimaryColumn } from 'typeorm';

export interface FixedIp {
  readonly subnet_id?: string;
  readonly ip_address: string;
}

export interface AddressPair {
  readonly mac_address: string;
  readonly ip_address: string;
}

export interface DhcpOption {
  readonly opt_name: string;
  readonly opt_value: string;
  readonly ip_version: number;
}

/** What was said of a port for others to act on; absent: nothing. */
export interface PortExtras {
  readonly security_groups?: readonly string[];
  readonly port_security_enabled?: boolean;
  readonly extra_dhcp_opts?: readonly DhcpOption[];
}

@Entity('port')
export class PortEntity {
  @PrimaryColumn('uuid') readonly id: string;
  @Column('uuid') readonly network_id: string;
  @Column('varchar') readonly name: string;
  @Column('varchar') readonly description: string;
  @Column('varchar') readonly project_id: string;
  @Column('text') readonly mac_address: string;
  @Column('jsonb') readonly fixed_ips: readonly FixedIp[];
  @Column('jsonb') readonly allowed_address_pairs: readonly AddressPair[];
  /** Empty while the port is not bound to a host. */
  @Column('varchar') readonly host_id: string;
  @Column('varchar') readonly vnic_type: string;
  @Column('jsonb') readonly profile: object;
  @Column('varchar') readonly device_id: string;
  @Column('varchar') readonly device_owner: string;
  @Column('boolean') readonly admin_state_up: boolean;
  @Column('jsonb') readonly extras: PortExtras;
  /** Position among the local claims to its MACs; taken anew whenever the port is bound to another host. */
  @Column('bigint') readonly claim: string;
  @Column({ type: 'text', array: true, insert: false }) readonly tags: readonly string[];
  @Column({ type: 'timestamptz', insert: false }) readonly created_at: Date;
  @Column({ type: 'timestamptz', insert: false }) readonly updated_at: Date;
  @Column({ type: 'integer', insert: false }) readonly revision_number: number;
}
