import { parseVlan, parseVtepIp } from '@l2gw/l2';
import type { ClientId } from './client-id.js';
import type {
  SwitchReport,
  PortReport,
  TunnelReport,
  Confirmation,
  Cleanup,
  DriftReport,
  ReportRow,
} from './report-rows.js';
import { type RowKind, integer, list, oneOf, record, text } from './json-schema.js';
import { decodeProblem, PROBLEM } from './problem.js';
import { ContractError, type Reader, reader } from './reader.js';

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

const DRIFT = record({ count: integer('Rows.'), what: text('The latest.'), at: text('RFC 3339, UTC.') });

const CLEANUP = record({
  epoch: text('Of the table `switch/{switch}`.'),
  revision: integer('Of the table `switch/{switch}`.'),
});

const rows: readonly RowKind[] = [
  { key: 'switch', about: 'The switch as its agent sees it.', row: SWITCH },
  { key: 'port/{port}', about: 'One port of the switch.', row: PORT },
  { key: 'tunnel/{remote}', about: 'One tunnel that the switch has made.', row: TUNNEL },
  { key: 'logical-switch/{network}', about: 'What became of one row of `switch/{switch}`.', row: CONFIRMATION },
  { key: 'drift/{network}', about: 'What others have changed since the agent was started.', row: DRIFT },
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
  driftKey: (network: string): string => `drift/${network}`,
  confirmationKey: (network: string): string => `logical-switch/${network}`,
  decode(key: string, json: unknown): ReportRow {
    const read = reader(reportTable.type, json);
    if (key === reportTable.switchKey) return decodeSwitch(read);
    if (key === reportTable.cleanupKey) return decodeCleanup(read);
    const slash = key.indexOf('/');
    const [kind, name] = [key.slice(0, slash), key.slice(slash + 1)];
    if (kind === 'port') return decodePort(name, read);
    if (kind === 'drift') return decodeDrift(name, read);
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

function decodeDrift(network: string, read: Reader): DriftReport {
  return { report: 'drift', network, count: read.integer('count'), what: read.string('what'), at: read.string('at') };
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
