import { EXPORT_KINDS, type ExportedMac } from '@l2gw/contracts';
import { byFamily } from '@l2gw/l2';
import { type Candidate, isImported, selectExported } from '../forwarding/select-best.js';

/** The row of a MAC in what other clouds are told of a network; absent if it is not here, or is rightly somewhere else. */
export function compileExport(candidates: readonly Candidate[]): Omit<ExportedMac, 'mac'> | undefined {
  const best = selectExported(candidates);
  const kind = EXPORT_KINDS.find((each) => each === best?.kind);
  if (best === undefined || kind === undefined) return undefined;
  const own = candidates.filter((each) => !isImported(each));
  const ips = [...new Set(own.flatMap((each) => each.ips))].sort(byFamily);
  return { sequence: best.sequence ?? 0, ...(best.isSticky === true ? { static: true } : {}), ips, kind };
}
