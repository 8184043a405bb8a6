import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('l2_gateway_connection')
export class ConnectionEntity {
  @PrimaryColumn('uuid') readonly id: string;
  @Column('uuid') readonly l2_gateway_id: string;
  @Column('uuid') readonly network_id: string;
  @Column('varchar') readonly project_id: string;
  /** VLAN of the interfaces that name none; absent when all name their own. */
  @Column('integer', { nullable: true }) readonly segmentation_id: number | null;
  /** The port that stands for the connection in the inventory. */
  @Column('uuid') readonly port_id: string;
  @Column({ type: 'timestamptz', insert: false }) readonly created_at: Date;
  @Column({ type: 'timestamptz', insert: false }) readonly updated_at: Date;
  @Column({ type: 'integer', insert: false }) readonly revision_number: number;
}
