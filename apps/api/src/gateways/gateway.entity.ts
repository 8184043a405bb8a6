import { Column, Entity, PrimaryColumn } from 'typeorm';

export interface GatewayDevice {
  readonly id: string;
  readonly device_name: string;
  readonly interfaces: readonly GatewayInterface[];
}

export interface GatewayInterface {
  readonly name: string;
  /** Empty: the connection's default applies. */
  readonly vlans: readonly number[];
}

/** A gateway is read and written as a whole, so its devices are part of its row. */
@Entity('l2_gateway')
export class GatewayEntity {
  @PrimaryColumn('uuid') readonly id: string;
  @Column('varchar') readonly name: string;
  @Column('varchar') readonly project_id: string;
  @Column('jsonb') readonly devices: readonly GatewayDevice[];
  @Column({ type: 'timestamptz', insert: false }) readonly created_at: Date;
  @Column({ type: 'timestamptz', insert: false }) readonly updated_at: Date;
  @Column({ type: 'integer', insert: false }) readonly revision_number: number;
}
