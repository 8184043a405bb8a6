import type { LogicalSwitchRow, Problem } from '@l2gw/contracts';
import type { VtepIp } from '@l2gw/l2';

/** The fault of a switch that was asked to replicate itself and cannot (vtep(5), `switch_fault_status`). */
const CANNOT_REPLICATE = 'unsupported_source_node_replication';

/** Who makes the copies of a network's flooded frames: the switch itself, or these service nodes for it. */
export interface Replication {
  readonly mode: LogicalSwitchRow['replication'];
  readonly serviceNodes: readonly VtepIp[];
  readonly problems: readonly Problem[];
}

/** As it is wanted; a switch that says that it cannot do it itself has service nodes do it, if there are any, until it says otherwise. */
export function resolveReplication(
  { replication, serviceNodes = [] }: Pick<LogicalSwitchRow, 'replication' | 'serviceNodes'>,
  faults: readonly string[],
): Replication {
  const mustFallBack = faults.includes(CANNOT_REPLICATE) && serviceNodes.length > 0;
  if (replication === 'source_node' && !mustFallBack) return { mode: 'source_node', serviceNodes, problems: [] };
  return { mode: 'service_node', serviceNodes, problems: serviceNodes.length === 0 ? [NO_SERVICE_NODE] : [] };
}

const NO_SERVICE_NODE: Problem = {
  code: 'SERVICE_NODE_MISSING',
  text: 'broadcast goes nowhere: the switch is to flood through service nodes, and none is known: set its service_nodes',
};
