import type { ImportedMac, PeerRow, StretchRow, SyncRefusal } from '@l2gw/contracts';
import { type IpAddress, type MacAddress, isStation } from '@l2gw/l2';
import { Cidrs } from '../policy/cidrs.js';
import { type Policy, policyOf } from '../policy/rules.js';

/** What is accepted of a row of the peer, and why not all of it. Without `row` nothing is. */
export interface Resolved {
  readonly row?: ImportedMac;
  readonly refused: readonly SyncRefusal[];
}

/** What the operator says of the peer and the stretch. */
export interface ImportTerms {
  readonly peer: PeerRow;
  readonly stretch: StretchRow;
}

/** Judges rows by themselves: whether they are sound, wanted, and lead to where we know the peer to be. */
export type Resolve = (row: ImportedMac) => Resolved;

/** Addresses that no host can have on a network that others share: this host, loopback, link-local, multicast, reserved; v4-mapped. */
const NOBODYS = new Cidrs(['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4', '240.0.0.0/4']);
const NOBODYS_V6 = new Cidrs(['::/127', '::ffff:0:0/96', 'ff00::/8']);
/** A router is known by it to its neighbours on the network, though it is in no subnet. */
const LINK_LOCAL_V6 = new Cidrs(['fe80::/10']);

/** `vteps`: where the peer says it is; nothing if it has not said. Those must include our remote gateway: nobody else tells us the next hop. */
export function resolveImport(peer: PeerRow, stretch: StretchRow, vteps: readonly string[]): Resolve {
  const passes = policyOf(peer.importRules);
  const isHostable = ipCheck(peer, stretch);
  const isElsewhere = vteps.length > 0 && !vteps.includes(stretch.vtep);
  const own = new Set(stretch.routerMacs);
  return (row) => {
    const refusal = isElsewhere ? 'bad_vtep' : refusalOf(row, own, passes);
    if (refusal !== undefined) return { refused: [refusal] };
    const sound = row.ips.filter(isHostable);
    const ips = sound.slice(0, peer.limits.ips);
    if (ips.length === row.ips.length) return { row: restrictedTo(row, ips), refused: NOTHING };
    const refused: SyncRefusal[] = [
      ...(sound.length < row.ips.length ? (['subnet'] as const) : []),
      ...(ips.length < sound.length ? (['limit'] as const) : []),
    ];
    return { row: restrictedTo(row, ips), refused };
  };
}

const NOTHING: readonly SyncRefusal[] = [];

/** What is said of an IP that was not accepted says nothing. */
function restrictedTo(said: ImportedMac, ips: readonly IpAddress[]): ImportedMac {
  const { immutable = [], routers = [], moved = [] } = said;
  const accepted = (ip: IpAddress): boolean => ips.includes(ip);
  const isWhole = ips.length === said.ips.length && immutable.every(accepted) && routers.every(accepted);
  return isWhole && moved.every(({ ip }) => accepted(ip)) ? said : narrowedTo(said, ips, accepted);
}

function narrowedTo(
  { immutable, routers, moved, ...row }: ImportedMac,
  ips: readonly IpAddress[],
  accepted: (ip: IpAddress) => boolean,
): ImportedMac {
  return {
    ...row,
    ips,
    ...(immutable === undefined ? {} : { immutable: immutable.filter(accepted) }),
    ...(routers === undefined ? {} : { routers: routers.filter(accepted) }),
    ...(moved === undefined ? {} : { moved: moved.filter(({ ip }) => accepted(ip)) }),
  };
}

function refusalOf(row: ImportedMac, own: ReadonlySet<MacAddress>, passes: Policy): SyncRefusal | undefined {
  if (!isStation(row.mac)) return 'multicast';
  if (own.has(row.mac)) return 'own_mac';
  return passes(row) ? undefined : 'policy';
}

/** A network without subnets has no addresses of which one could say that they are not its own. */
function ipCheck({ checkSubnets = true }: PeerRow, { subnets }: StretchRow): (ip: IpAddress) => boolean {
  if (!checkSubnets) return () => true;
  const inside = new Cidrs(subnets);
  return (ip) => {
    const isV6 = ip.includes(':');
    const isNobodys = isV6 ? NOBODYS_V6.contains(ip) : NOBODYS.contains(ip);
    if (isNobodys) return false;
    return subnets.length === 0 || inside.contains(ip) || (isV6 && LINK_LOCAL_V6.contains(ip));
  };
}
