import { type VtepIp, type VlanId, parseVlan, parseVtepIp } from '@l2gw/l2';
import type { ClientId } from './client-id.js';
import { type RowKind, integer, list, oneOf, record, text } from './json-schema.js';
import { decodeProblem, PROBLEM, type Problem } from './problem.js';
import { ContractError, type Reader, reader } from './reader.js';

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

export type ReportRow = SwitchReport | PortReport | TunnelReport | Confirmation | Cleanup;

const SWITCH = record(
  {
    name: text('`Physical_Switch.name`.'),
    state: oneOf(['connected', 'disconnected', 'missing']),
    reason: text('Why the state is not `connected`.'),
    description: text(),
    tunnelIps: list(text()),
    managementIps: list(text()),
    schema: text("Version of the switch's `hardware_vtep` schema."),
    faults: list(text(), '`switch_fault_status`, verbatim.'),
    usedTunnelIp: text('Which of several tunnel IPs the switch itself uses.'),
  },
  ['reason', 'usedTunnelIp'],
);

const PORT = record({
  description: text(),
  faults: list(text(), '`port_fault_status`, verbatim.'),
  foreign: list(record({ vlan: integer(), logicalSwitch: text() }), 'VLANs that somebody else has bound.'),
});

const CONFIRMATION = record({
  row: text('Hash of the row that this speaks of.'),
  state: oneOf(['applied', 'failed']),
  problems: list(PROBLEM),
});

const TUNNEL = record({
  state: text('`bfd_status:state`, verbatim.'),
  fault: text('Why it does not forward; empty if it does.'),
});

const CLEANUP = record({
  epoch: text('Of the table `switch/{switch}`.'),
  revision: integer('Of the table `switch/{switch}`.'),
});

const rows: readonly RowKind[] = [
  { key: 'switch', about: 'The switch as its agent sees it.', row: SWITCH },
  { key: 'port/{port}', about: 'One port of the switch.', row: PORT },
  { key: 'tunnel/{remote}', about: 'One tunnel that the switch has made.', row: TUNNEL },
  { key: 'logical-switch/{network}', about: 'What became of one row of `switch/{switch}`.', row: CONFIRMATION },
  {
    key: 'cleanup',
    about: 'Nothing is left of what `switch/{switch}` no longer named at this revision.',
    row: CLEANUP,
  },
];

/** `report/<switch>`, written by the agent for the API. */
export const reportTable = {
  type: 'l2gw.table.report.v1',
  table: (switchId: ClientId): string => `report/${switchId}`,
  rows,
  switchKey: 'switch',
  cleanupKey: 'cleanup',
  tunnelKey: (remote: string): string => `tunnel/${remote}`,
  portKey: (port: string): string => `port/${port}`,
  confirmationKey: (network: string): string => `logical-switch/${network}`,
  decode(key: string, json: unknown): ReportRow {
    const read = reader(reportTable.type, json);
    if (key === reportTable.switchKey) return decodeSwitch(read);
    if (key === reportTable.cleanupKey) return decodeCleanup(read);
    const slash = key.indexOf('/');
    const [kind, name] = [key.slice(0, slash), key.slice(slash + 1)];
    if (kind === 'port') return decodePort(name, read);
    if (kind === 'tunnel') return decodeTunnel(name, read);
    if (kind === 'logical-switch') return decodeConfirmation(name, read);
    throw new ContractError(reportTable.type, key, 'is not a key of this table');
  },
} as const;

function decodeSwitch(read: Reader): SwitchReport {
  return {
    report: 'switch',
    name: read.string('name'),
    state: read.oneOf('state', ['connected', 'disconnected', 'missing']),
    ...(read.has('reason') ? { reason: read.string('reason') } : {}),
    description: read.string('description'),
    tunnelIps: read.strings('tunnelIps', parseVtepIp),
    managementIps: read.strings('managementIps'),
    schema: read.string('schema'),
    faults: read.strings('faults'),
    ...(read.has('usedTunnelIp') ? { usedTunnelIp: read.as('usedTunnelIp', parseVtepIp) } : {}),
  };
}

function decodeTunnel(remote: string, read: Reader): TunnelReport {
  return {
    report: 'tunnel',
    remote,
    state: read.string('state'),
    fault: read.string('fault'),
  };
}

function decodeCleanup(read: Reader): Cleanup {
  return { report: 'cleanup', epoch: read.string('epoch'), revision: read.integer('revision') };
}

function decodePort(port: string, read: Reader): PortReport {
  return {
    report: 'port',
    port,
    description: read.string('description'),
    faults: read.strings('faults'),
    foreign: read.objects('foreign', (each) => ({
      vlan: each.number('vlan', parseVlan),
      logicalSwitch: each.string('logicalSwitch'),
    })),
  };
}

function decodeConfirmation(network: string, read: Reader): Confirmation {
  return {
    report: 'logical-switch',
    network,
    row: read.string('row'),
    state: read.oneOf('state', ['applied', 'failed']),
    problems: read.objects('problems', decodeProblem),
  };
}
