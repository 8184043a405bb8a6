import { type IpAddress, type MacAddress, parseIp, parseMac } from '@l2gw/l2';
import { type RowKind, flag, integer, list, oneOf, record, text } from './json-schema.js';
import { type Reader, reader } from './reader.js';

/** A MAC that is in one cloud, as others are told of it. */
export interface ExportedMac {
  readonly mac: MacAddress;
  /** Of two claims the higher one wins (RFC 7432 §7.7): whoever takes a MAC over takes the next number. */
  readonly sequence: number;
  /** It cannot move (RFC 7432 §15.2, sticky). */
  readonly static?: true;
  /** For ARP suppression; may be empty. */
  readonly ips: readonly IpAddress[];
  readonly kind: ExportKind;
  /** Those of the IPs that no other MAC can have (RFC 9047, flag I). */
  readonly immutable?: readonly IpAddress[];
  /** Those of the IPs that are a router's (RFC 9047, flag R). */
  readonly routers?: readonly IpAddress[];
  /** Those of the IPs that other MACs have had before; all others have the sequence 0. */
  readonly moved?: readonly MovedIp[];
}

/** Of two MACs that claim an IP, the one with the higher number has it (RFC 9721). */
export interface MovedIp {
  readonly ip: IpAddress;
  readonly sequence: number;
}

/** `port`: of a virtual machine; `learned`: of bare metal. */
export type ExportKind = (typeof EXPORT_KINDS)[number];

export const EXPORT_KINDS = ['port', 'learned'] as const;

/** Sequences are unsigned numbers of 32 bits (RFC 7432 §7.7). */
export const MAX_SEQUENCE = 0xff_ff_ff_ff;

const SEQUENCE = { minimum: 0, maximum: MAX_SEQUENCE };

/** The fields of an exported MAC, the same in every table of such, and those that may be absent. */
export const EXPORTED_MAC = {
  sequence: integer('Of two claims the higher one wins.', SEQUENCE),
  static: flag('It cannot move.'),
  ips: list(text(), 'For ARP suppression.'),
  kind: oneOf(EXPORT_KINDS),
  immutable: list(text(), 'Those of the IPs that no other MAC can have.'),
  routers: list(text(), "Those of the IPs that are a router's."),
  moved: list(
    record({ ip: text(), sequence: integer('Of two MACs, the higher one has it.', SEQUENCE) }),
    'Those of the IPs that other MACs have had before.',
  ),
};
export const EXPORTED_OPTIONAL: readonly string[] = ['static', 'immutable', 'routers', 'moved'];

const rows: readonly RowKind[] = [
  { key: '{mac}', about: 'A MAC of this cloud.', row: record(EXPORTED_MAC, EXPORTED_OPTIONAL) },
];

/** `export/<network>`, written by the API for remote-sync: what other clouds are told of a network that is shared with them. */
export const exportTable = {
  type: 'l2gw.table.export.v1',
  table: (networkId: string): string => `export/${networkId}`,
  rows,
  decode(key: string, json: unknown): ExportedMac {
    return decodeExportedMac(exportTable.type, key, json);
  },
} as const;

/** Decodes the row of an exported MAC; the key is the MAC. */
export function decodeExportedMac(type: string, key: string, json: unknown): ExportedMac {
  const read = reader(type, json);
  return {
    mac: reader(type, { key }).as('key', parseMac),
    sequence: read.number('sequence', parseSequence),
    ...(isStatic(read) ? { static: true } : {}),
    ips: read.strings('ips', parseIp),
    kind: read.oneOf('kind', EXPORT_KINDS),
    ...decodeFlags(read),
  };
}

function decodeFlags(read: Reader): Pick<ExportedMac, 'immutable' | 'routers' | 'moved'> {
  return {
    ...(read.has('immutable') ? { immutable: read.strings('immutable', parseIp) } : {}),
    ...(read.has('routers') ? { routers: read.strings('routers', parseIp) } : {}),
    ...(read.has('moved') ? { moved: read.objects('moved', decodeMoved) } : {}),
  };
}

function decodeMoved(read: Reader): MovedIp {
  return { ip: read.as('ip', parseIp), sequence: read.number('sequence', parseSequence) };
}

function isStatic(read: Reader): boolean {
  return read.has('static') && read.boolean('static');
}

/** Throws `RangeError`. */
function parseSequence(value: number): number {
  if (value < 0 || value > MAX_SEQUENCE) throw new RangeError(`not a sequence: ${value}`);
  return value;
}
