import { EXPORT_KINDS, type ExportedMac } from '@l2gw/contracts';
import { type IpAddress, byFamily } from '@l2gw/l2';
import { type Candidate, isImported, selectExported } from '../forwarding/select-best.js';

/** The row of a MAC in what other clouds are told of a network; absent if it is not here, or is rightly somewhere else. */
export function compileExport(candidates: readonly Candidate[]): Omit<ExportedMac, 'mac'> | undefined {
  const best = selectExported(candidates);
  const kind = EXPORT_KINDS.find((each) => each === best?.kind);
  if (best === undefined || kind === undefined) return undefined;
  const own = candidates.filter((each) => !isImported(each));
  return {
    sequence: best.sequence ?? 0,
    ...(best.isSticky === true ? { static: true } : {}),
    ips: union(own.map((each) => each.ips)),
    kind,
    ...flagsOf(own),
  };
}

function flagsOf(own: readonly Candidate[]): Pick<ExportedMac, 'immutable' | 'routers' | 'moved'> {
  const immutable = union(own.map((each) => each.immutable ?? []));
  const routers = union(own.map((each) => each.routers ?? []));
  const moved = own.find((each) => each.moved !== undefined)?.moved ?? [];
  return {
    ...(immutable.length === 0 ? {} : { immutable }),
    ...(routers.length === 0 ? {} : { routers }),
    ...(moved.length === 0 ? {} : { moved: [...moved].sort((a, b) => byFamily(a.ip, b.ip)) }),
  };
}

function union(lists: readonly (readonly IpAddress[])[]): readonly IpAddress[] {
  return [...new Set(lists.flat())].sort(byFamily);
}
