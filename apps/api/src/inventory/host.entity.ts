import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One agent of a compute host, as Neutron counts them; `vtep_ip` if it ends VXLAN tunnels. */
@Entity('host')
export class HostEntity {
  @PrimaryColumn('uuid') readonly id: string;
  @Column('varchar') readonly host: string;
  @Column('varchar') readonly agent_type: string;
  @Column('varchar') readonly binary_name: string;
  @Column('varchar') readonly topic: string;
  @Column('boolean') readonly admin_state_up: boolean;
  @Column('jsonb') readonly configurations: object;
  @Column('text', { nullable: true }) readonly vtep_ip: string | null;
  @Column({ type: 'timestamptz', insert: false }) readonly created_at: Date;
  @Column({ type: 'timestamptz', insert: false }) readonly heartbeat_at: Date;
}
