import { Column, Entity, PrimaryColumn } from 'typeorm';

export interface Segment {
  readonly network_type: string;
  readonly physical_network: string | null;
  readonly segmentation_id: number | null;
}

@Entity('network')
export class NetworkEntity {
  @PrimaryColumn('uuid') readonly id: string;
  @Column('varchar') readonly name: string;
  @Column('varchar') readonly description: string;
  @Column('varchar') readonly project_id: string;
  @Column('boolean') readonly admin_state_up: boolean;
  @Column('boolean') readonly shared: boolean;
  @Column('boolean') readonly external: boolean;
  @Column('integer') readonly mtu: number;
  @Column('boolean') readonly port_security_enabled: boolean;
  @Column('jsonb') readonly segments: readonly Segment[];
  @Column({ type: 'text', array: true, insert: false }) readonly tags: readonly string[];
  @Column({ type: 'timestamptz', insert: false }) readonly created_at: Date;
  @Column({ type: 'timestamptz', insert: false }) readonly updated_at: Date;
  @Column({ type: 'integer', insert: false }) readonly revision_number: number;
}
