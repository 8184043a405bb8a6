import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PeerLimits, PeerPolicy, TunnelPolicy } from './peer-settings.js';

/** A cloud with which networks are shared. */
@Entity('sync_peer')
export class SyncPeerEntity {
  @PrimaryColumn('uuid') readonly id: string;
  @Column('varchar') readonly name: string;
  /** Its cloud id. */
  @Column('text') readonly cloud: string;
  /** Addresses of its bus. */
  @Column('jsonb') readonly servers: readonly string[];
  /** Name of a secret. */
  @Column('text', { nullable: true }) readonly credentials: string | null;
  @Column('jsonb') readonly keys: readonly string[];
  @Column('boolean') readonly enabled: boolean;
  @Column('jsonb') readonly policy: PeerPolicy;
  @Column('jsonb') readonly limits: PeerLimits;
  @Column('integer') readonly stale_seconds: number;
  @Column('text') readonly on_tunnel_down: TunnelPolicy;
  /** What it says is passed on to other such peers, and what they say to it. */
  @Column('boolean') readonly transit: boolean;
  /** What is passed on to it leads to us, not to where it comes from. */
  @Column('boolean') readonly next_hop_self: boolean;
  @Column({ type: 'timestamptz', insert: false }) readonly created_at: Date;
  @Column({ type: 'timestamptz', insert: false }) readonly updated_at: Date;
  @Column({ type: 'integer', insert: false }) readonly revision_number: number;
}
