import {
  type IpAddress,
  type MacAddress,
  type Vni,
  type VtepIp,
  parseIp,
  parseMac,
  parseVni,
  parseVtepIp,
} from '@l2gw/l2';
import { type RowKind, integer, list, oneOf, record, text } from './json-schema.js';
import { ContractError, type Reader, reader } from './reader.js';

/** Where a MAC of the network is, as the API decided. */
export type MacRow = MacBehindVtep | MacBehindConnection;

interface MacContent {
  readonly row: 'mac';
  readonly mac: MacAddress;
  /** For ARP suppression; may be empty. */
  readonly ips: readonly IpAddress[];
  readonly kind: MacKind;
}

/** In this cloud, behind a VTEP. */
export interface MacBehindVtep extends MacContent {
  readonly vtep: VtepIp;
}

/** In another cloud, behind a remote gateway connection: the id of one. How it is reached depends on who asks. */
export interface MacBehindConnection extends MacContent {
  readonly connection: string;
}

/**
 * `port`: a virtual machine's port in the inventory; `learned`: bare metal that a switch has heard; `static`: an operator's
 * `l2-remote-mac`; `imported`: a neighbouring cloud has said so. The last two are treated alike by readers.
 */
export type MacKind = (typeof MAC_KINDS)[number];

export const MAC_KINDS = ['port', 'learned', 'static', 'imported'] as const;

/** A VTEP that must get the network's broadcast, unknown unicast and multicast (EVPN: inclusive multicast, route type 3). */
export interface FloodRow {
  readonly row: 'vtep';
  readonly vtep: VtepIp;
  readonly kind: 'host' | 'switch';
}

/** A remote gateway connection of the network, for those who do not have it themselves. */
export interface RemoteRow {
  readonly row: 'remote';
  readonly connection: string;
  /** The remote gateway. */
  readonly vtep: VtepIp;
  /** The network's VNI over there. */
  readonly vni: Vni;
  /** VTEPs of the switches that have the connection. */
  readonly borders: readonly VtepIp[];
  /** Those of them that forward from tunnel to tunnel. */
  readonly relays: readonly VtepIp[];
}

export type NetworkRow = MacRow | FloodRow | RemoteRow;

const rows: readonly RowKind[] = [
  {
    key: 'mac/{mac}',
    about: 'Where a MAC of the network is.',
    row: record({
      place: {
        oneOf: [
          record({ vtep: text('In this cloud: the VTEP behind which it is.') }),
          record({ connection: text('In another cloud: the id of the remote gateway connection.') }),
        ],
      },
      ips: list(text(), 'For ARP suppression.'),
      kind: oneOf(MAC_KINDS),
    }),
  },
  {
    key: 'vtep/{ip}',
    about: "A VTEP that must get the network's broadcast, unknown unicast and multicast.",
    row: record({ kind: oneOf(['host', 'switch']) }),
  },
  {
    key: 'remote/{connection}',
    about: 'A remote gateway connection of the network.',
    row: record({
      vtep: text('IPv4 address of the remote gateway.'),
      vni: integer("The network's VNI over there.", { minimum: 1, maximum: 16_777_215 }),
      borders: list(text(), 'VTEPs of the switches that have the connection.'),
      relays: list(text(), 'Those of them that forward from tunnel to tunnel.'),
    }),
  },
];

/**
 * `network/<network>`, written by the API for everyone who has the network: `mac/<MAC>`, `vtep/<IP>` and
 * `remote/<remote gateway connection>` → row.
 */
export const networkTable = {
  type: 'l2gw.table.network.v1',
  table: (networkId: string): string => `network/${networkId}`,
  rows,
  macKey: (mac: string): string => `mac/${mac}`,
  vtepKey: (vtep: string): string => `vtep/${vtep}`,
  remoteKey: (connection: string): string => `remote/${connection}`,
  decode(key: string, json: unknown): NetworkRow {
    const read = reader(networkTable.type, json);
    const slash = key.indexOf('/');
    const [kind, name] = [key.slice(0, slash), key.slice(slash + 1)];
    switch (kind) {
      case 'mac':
        return decodeMac(
          parsed(key, () => parseMac(name)),
          read,
        );
      case 'vtep':
        return {
          row: 'vtep',
          vtep: parsed(key, () => parseVtepIp(name)),
          kind: read.oneOf('kind', ['host', 'switch']),
        };
      case 'remote':
        return decodeRemote(name, read);
      default:
        throw new ContractError(networkTable.type, key, 'is not a key of this table');
    }
  },
} as const;

/** Written out, because copies made with a spread have a hidden class each in V8: that is more memory than the row itself. */
function decodeMac(mac: MacAddress, read: Reader): MacRow {
  const row = 'mac';
  const ips = read.strings('ips', parseIp);
  const kind = read.oneOf('kind', MAC_KINDS);
  return read.object<MacRow>('place', (place) =>
    place.has('connection')
      ? { row, mac, ips, kind, connection: place.string('connection') }
      : { row, mac, ips, kind, vtep: place.as('vtep', parseVtepIp) },
  );
}

function decodeRemote(connection: string, read: Reader): RemoteRow {
  return {
    row: 'remote',
    connection,
    vtep: read.as('vtep', parseVtepIp),
    vni: read.number('vni', parseVni),
    borders: read.strings('borders', parseVtepIp),
    relays: read.strings('relays', parseVtepIp),
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
