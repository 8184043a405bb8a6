import { type IpAddress, type MacAddress, type VtepIp, parseIp, parseMac, parseVtepIp } from '@l2gw/l2';
import { ContractError, reader } from './reader.js';

/** Where a MAC of the network is, as the API decided. */
export interface MacRow {
  readonly row: 'mac';
  readonly mac: MacAddress;
  /** The VTEP behind which it is. */
  readonly vtep: VtepIp;
  /** For ARP suppression; may be empty. */
  readonly ips: readonly IpAddress[];
  readonly kind: MacKind;
}

/** `port`: a virtual machine's port in the inventory; `learned`: bare metal that a switch has heard. */
export type MacKind = 'port' | 'learned';

/** A VTEP that must get the network's broadcast, unknown unicast and multicast (EVPN: inclusive multicast, route type 3). */
export interface FloodRow {
  readonly row: 'vtep';
  readonly vtep: VtepIp;
  readonly kind: 'host' | 'switch';
}

export type NetworkRow = MacRow | FloodRow;

/** `network/<network>`, written by the API for everyone who has the network: `mac/<MAC>` and `vtep/<IP>` → row. */
export const networkTable = {
  type: 'l2gw.table.network.v1',
  table: (networkId: string): string => `network/${networkId}`,
  macKey: (mac: string): string => `mac/${mac}`,
  vtepKey: (vtep: string): string => `vtep/${vtep}`,
  decode(key: string, json: unknown): NetworkRow {
    const read = reader(networkTable.type, json);
    const slash = key.indexOf('/');
    const [kind, name] = [key.slice(0, slash), key.slice(slash + 1)];
    if (kind === 'mac') return { row: 'mac', mac: parsed(key, () => parseMac(name)), ...decodeMac(read) };
    if (kind === 'vtep') {
      return { row: 'vtep', vtep: parsed(key, () => parseVtepIp(name)), kind: read.oneOf('kind', ['host', 'switch']) };
    }
    throw new ContractError(networkTable.type, key, 'is not a key of this table');
  },
} as const;

function decodeMac(read: ReturnType<typeof reader>): Omit<MacRow, 'row' | 'mac'> {
  return {
    vtep: read.object('place', (place) => place.as('vtep', parseVtepIp)),
    ips: read.strings('ips', parseIp),
    kind: read.oneOf('kind', ['port', 'learned']),
  };
}

function parsed<Value>(key: string, parse: () => Value): Value {
  try {
    return parse();
  } catch (error) {
    throw new ContractError(networkTable.type, key, error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
}
