import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('switch')
export class SwitchEntity {
  /** The client id of the switch's agent. */
  @PrimaryColumn('text') readonly id: string;
  @Column('varchar') readonly name: string;
  @Column('varchar') readonly description: string;
  /** An operator said that it will come; false if only its agent has spoken. */
  @Column('boolean') readonly announced: boolean;
  /** Of the latest session of its agent; 0 before the first. */
  @Column({ type: 'bigint', insert: false }) readonly epoch: string;
  @Column({ type: 'timestamptz', insert: false }) readonly created_at: Date;
  @Column({ type: 'timestamptz', insert: false }) readonly updated_at: Date;
  @Column({ type: 'integer', insert: false }) readonly revision_number: number;
}
