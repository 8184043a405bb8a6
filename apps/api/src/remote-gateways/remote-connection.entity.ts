import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A network that is connected to a gateway, stretched from there to a remote gateway. */
@Entity('remote_gateway_connection')
export class RemoteConnectionEntity {
  @PrimaryColumn('uuid') readonly id: string;
  @Column('uuid') readonly l2_gateway_id: string;
  @Column('uuid') readonly network_id: string;
  @Column('uuid') readonly remote_gateway_id: string;
  @Column('varchar') readonly project_id: string;
  /** The network's VNI over there; null: the same as here. */
  @Column('integer', { nullable: true }) readonly segmentation_id: number | null;
  @Column('boolean') readonly flood: boolean;
  @Column({ type: 'timestamptz', insert: false }) readonly created_at: Date;
  @Column({ type: 'timestamptz', insert: false }) readonly updated_at: Date;
  @Column({ type: 'integer', insert: false }) readonly revision_number: number;
}
