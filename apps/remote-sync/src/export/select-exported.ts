import type { ExportedMac, PeerRow } from '@l2gw/contracts';
import { policyOf } from '../policy/rules.js';
import { isVirtualRouter } from '../policy/virtual-macs.js';

/** Which MACs of this cloud a peer is told of. */
export type Selection = (row: ExportedMac) => boolean;

export function selectExported({ exportRules, exportVirtualMacs = false }: PeerRow): Selection {
  const passes = policyOf(exportRules);
  return (row) => (exportVirtualMacs || !isVirtualRouter(row.mac)) && passes(row);
}
