import { createHash } from 'node:crypto';
import type { MacBehindConnection, MacRow, RemoteRow } from '@l2gw/contracts';
import { byFamily, type IpAddress, type VtepIp } from '@l2gw/l2';
import { type Locator, locatorTo } from '../switch/locator.js';
import type { RemoteMac } from '../switch/network-change.js';
import { locatorFor, type Tunnels } from './resolve-tunnels.js';

/** From where one switch looks at a network. */
export interface Standpoint {
  readonly ownVteps: ReadonlySet<string>;
  readonly vni: number;
  readonly tunnels: Pick<Tunnels, 'ways' | 'flood'>;
  /** What the network's table says of a remote gateway connection. */
  readonly remote: (connection: string) => RemoteRow | undefined;
}

/**
 * How one switch reaches a MAC: the row that its Ucast_Macs_Remote should have; none for a MAC behind the switch's own VTEP, for
 * that is a local MAC, and none if no way leads there. `leave`: what would tell is still on its way.
 * A row has room for one IP (vtep(5), `ipaddr`): the first IPv4, else the first IPv6.
 */
export function resolveNextHop(row: MacRow, from: Standpoint): RemoteMac | 'leave' | undefined {
  const locator =
    'connection' in row ? wayInto(row, from) : from.ownVteps.has(row.vtep) ? undefined : locatorTo(row.vtep);
  if (locator === undefined) return undefined;
  if (locator === 'leave') return 'leave';
  return { mac: row.mac, locator, ip: firstOf(row.ips) ?? '' };
}

function firstOf(ips: MacRow['ips']): IpAddress | undefined {
  return ips.length < 2 ? ips[0] : [...ips].sort(byFamily)[0];
}

/** The locators to which one switch floods: everybody but itself, and the remote gateways that want it. */
export function resolveFloodSet(
  members: Iterable<VtepIp>,
  from: Pick<Standpoint, 'ownVteps' | 'tunnels'>,
): readonly Locator[] {
  const here = [...members].filter((vtep) => !from.ownVteps.has(vtep)).map((vtep) => locatorTo(vtep));
  return [...new Set([...here, ...from.tunnels.flood])].sort();
}

/** Through the connection itself, or another one to the same remote network, or a switch that has it and passes frames on. */
function wayInto({ connection, mac }: MacBehindConnection, from: Standpoint): Locator | 'leave' | undefined {
  const { ways } = from.tunnels;
  const own = ways.get(connection);
  if (own !== undefined) return own;
  const remote = from.remote(connection);
  if (remote === undefined) return 'leave';
  const twin = locatorFor(remote, from.vni);
  if ([...ways.values()].includes(twin)) return twin;
  const isOurs = remote.borders.some((border) => from.ownVteps.has(border));
  if (isOurs && !ways.has(connection)) return 'leave';
  const relay = relayFor(
    mac,
    remote.relays.filter((each) => !from.ownVteps.has(each)),
  );
  return relay === undefined ? undefined : locatorTo(relay);
}

/** Rendezvous hashing: each MAC has its relay, and one that goes or comes moves only its own MACs. */
function relayFor(mac: string, relays: readonly VtepIp[]): VtepIp | undefined {
  const weight = (relay: string) => createHash('sha256').update(`${mac} ${relay}`).digest('hex');
  const [first] = relays
    .map((relay) => ({ relay, weight: weight(relay) }))
    .sort((a, b) => (a.weight < b.weight ? 1 : -1));
  return first?.relay;
}
