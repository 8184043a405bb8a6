import type { MacRow } from '@l2gw/contracts';
import { byFamily, type VtepIp } from '@l2gw/l2';
import type { RemoteMac } from '../switch/network-change.js';

/**
 * How one switch reaches a MAC: the row that its Ucast_Macs_Remote should have; none for a MAC behind the switch's own VTEP, for
 * that is a local MAC.
 * A row has room for one IP (vtep(5), `ipaddr`): the first IPv4, else the first IPv6.
 */
export function resolveNextHop(row: MacRow, ownVteps: ReadonlySet<string>): RemoteMac | undefined {
  if (ownVteps.has(row.vtep)) return undefined;
  const [ip = ''] = row.ips.length < 2 ? row.ips : [...row.ips].sort(byFamily);
  return { mac: row.mac, vtep: row.vtep, ip };
}

/** The VTEPs to which one switch floods: everybody but itself. */
export function resolveFloodSet(members: Iterable<VtepIp>, ownVteps: ReadonlySet<string>): readonly VtepIp[] {
  return [...members].filter((vtep) => !ownVteps.has(vtep)).sort();
}
