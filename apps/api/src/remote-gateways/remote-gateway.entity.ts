import type { VtepIp } from '@l2gw/l2';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('remote_gateway')
export class RemoteGatewayEntity {
  @PrimaryColumn('uuid') readonly id: string;
  @Column('varchar') readonly name: string;
  /** The VTEP of the other cloud at which tunnels end. */
  @Column('text') readonly ipaddr: VtepIp;
  @Column('varchar') readonly project_id: string;
  @Column({ type: 'timestamptz', insert: false }) readonly created_at: Date;
  @Column({ type: 'timestamptz', insert: false }) readonly updated_at: Date;
  @Column({ type: 'integer', insert: false }) readonly revision_number: number;
}
