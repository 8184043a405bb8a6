import type { VlanId, VtepIp } from '@l2gw/l2';
import type { Problem } from './problem.js';

/** The switch as its agent sees it. Key `switch`. */
export interface SwitchReport {
  readonly report: 'switch';
  readonly name: string;
  readonly state: SwitchState;
  /** Why the state is not `connected`; text for an operator. */
  readonly reason?: string;
  readonly description: string;
  readonly tunnelIps: readonly VtepIp[];
  readonly managementIps: readonly string[];
  /** Version of the switch's `hardware_vtep` schema. */
  readonly schema: string;
  /** `switch_fault_status`, verbatim. */
  readonly faults: readonly string[];
  /** Which of several tunnel IPs the switch itself uses, as far as it shows. */
  readonly usedTunnelIp?: VtepIp;
}

/** `missing`: the database is there, but it has no switch of that name. */
export type SwitchState = 'connected' | 'disconnected' | 'missing';

/** One port. Key `port/<name>`. */
export interface PortReport {
  readonly report: 'port';
  readonly port: string;
  readonly description: string;
  /** `port_fault_status`, verbatim. */
  readonly faults: readonly string[];
  /** VLANs that somebody else has bound, with the name of his logical switch. */
  readonly foreign: readonly { readonly vlan: VlanId; readonly logicalSwitch: string }[];
}

/** One tunnel that the switch has made. Key `tunnel/<remote VTEP IP>`. Without BFD all texts are empty. */
export interface TunnelReport {
  readonly report: 'tunnel';
  readonly remote: string;
  /** `bfd_status:state`, verbatim. */
  readonly state: string;
  /** Why it does not forward, in the switch's words; empty if it does, as far as BFD knows. */
  readonly fault: string;
}

/**
 * What became of one row of the switch table. Key `logical-switch/<network>`.
 * `row` is the hash of the row of `switch/<switch>` that this speaks of; a confirmation of another row confirms nothing.
 * `applied` with problems: the network is on the switch, but some of its MACs are not and will not be, or remote gateway connections.
 */
export interface Confirmation {
  readonly report: 'logical-switch';
  readonly network: string;
  readonly row: string;
  readonly state: 'applied' | 'failed';
  readonly problems: readonly Problem[];
}

/**
 * Key `cleanup`. Everything of ours that `switch/<switch>` no longer named at this revision is gone from the switch's database, so
 * that what it had, its VNI above all, can be somebody else's.
 */
export interface Cleanup {
  readonly report: 'cleanup';
  readonly epoch: string;
  readonly revision: number;
}

/** What others have changed of a network's rows on the switch since its agent was started. Key `drift/<network>`. */
export interface DriftReport {
  readonly report: 'drift';
  readonly network: string;
  readonly count: number;
  readonly what: string;
  /** RFC 3339, UTC. */
  readonly at: string;
}

export type ReportRow = SwitchReport | PortReport | TunnelReport | Confirmation | DriftReport | Cleanup;
