import type { MacAddress, Vni, VtepIp } from '@l2gw/l2';
import type { ExportKind } from './export-table.js';

/** This cloud. Key `cloud`. */
export interface CloudRow {
  readonly row: 'cloud';
  readonly id: string;
  /** For people. */
  readonly name?: string;
}

/** A cloud with which networks are shared. Key `peer/<peer>`. */
export interface PeerRow {
  readonly row: 'peer';
  readonly peer: string;
  readonly name: string;
  /** Its cloud id. */
  readonly cloud: string;
  /** Addresses of its bus. */
  readonly servers: readonly string[];
  /** Name of a secret, never the secret. */
  readonly credentials?: string;
  /** Its Ed25519 public keys, raw and in base64; several while one replaces another. */
  readonly keys: readonly string[];
  readonly enabled: boolean;
  readonly limits: PeerLimits;
  /** How long what a silent peer has said is kept; 0: it goes at once; -1: it stays. */
  readonly staleSeconds: number;
  readonly exportRules: readonly PolicyRule[];
  readonly importRules: readonly PolicyRule[];
  /** Whether MACs of virtual routers (RFC 5798 §7.3, HSRP, GLBP) are told, too; false if absent. */
  readonly exportVirtualMacs?: boolean;
  /** Whether IPs must belong to a subnet of the network; true if absent. */
  readonly checkSubnets?: boolean;
  /** What it tells us is passed on to other such peers, and what they tell us to it; false if absent. */
  readonly transit?: boolean;
  /** It is to lead to us, not to where it comes from, what is passed on to it; false if absent. */
  readonly nextHopSelf?: boolean;
}

export interface PeerLimits {
  /** MACs of one stretch. */
  readonly macs: number;
  /** IPs of one MAC. */
  readonly ips: number;
  /** MACs of all stretches together. */
  readonly total: number;
}

/** The first rule that matches a MAC decides on it; what none matches is accepted. What a rule leaves out matches all. */
export interface PolicyRule {
  readonly action: 'accept' | 'reject';
  /** How the MAC begins, in canonical form: `fa:16:3e`. */
  readonly mac?: string;
  /** A CIDR. */
  readonly ip?: string;
  readonly kind?: ExportKind;
  readonly static?: boolean;
}

/** A network that is shared with a peer over one remote gateway connection. Key `stretch/<connection>`. */
export interface StretchRow {
  readonly row: 'stretch';
  readonly connection: string;
  readonly peer: string;
  readonly network: string;
  /** The VNI between the two clouds: they know the stretch by it. */
  readonly segId: Vni;
  /** The remote gateway: the only next hop that is accepted. */
  readonly vtep: VtepIp;
  readonly flood: boolean;
  /** CIDRs of the network; may be empty. */
  readonly subnets: readonly string[];
  /** VTEPs of the switches at our end. */
  readonly ownVteps: readonly VtepIp[];
  /** MACs of our routers: nobody else's. */
  readonly routerMacs: readonly MacAddress[];
}

export type SyncRow = CloudRow | PeerRow | StretchRow;
