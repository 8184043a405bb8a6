import { type ImportedMac, type StretchRow, importTable, reader } from '@l2gw/contracts';
import { type Proof, readProof } from '../signing/proof.js';

/** A row of `stretch/<cloud>/seg-<number>`, the table that one cloud keeps for another. */
export type StretchTableRow =
  | { readonly kind: 'mac'; readonly mac: ImportedMac; readonly vouched?: Vouched }
  | { readonly kind: 'flood'; readonly vtep: readonly string[]; readonly flood: boolean };

/** A row as the cloud of the MAC has said it, and what vouches for that. */
export interface Vouched {
  readonly said: object;
  readonly proof: Proof;
}

/** A MAC as it is told to a peer. */
export interface ToldMac extends ImportedMac {
  readonly proof?: Proof;
}

/** The key of the row that says where the cloud's end is, and whether it floods. All others are MACs. */
export const FLOOD_KEY = 'flood';

const TYPE = 'l2gw.table.stretch.v1';

/** Throws `ContractError`. */
export function decodeStretchRow(key: string, json: unknown): StretchTableRow {
  const row = decodeRelayedRow(key, json);
  if (row.kind === 'flood' || row.mac.path === undefined) return row;
  const { path: _, ...mac } = row.mac;
  return { ...row, mac };
}

/** The same of a table by which a MAC of a third cloud is passed on; only there a row has a path. Throws `ContractError`. */
export function decodeRelayedRow(key: string, json: unknown): StretchTableRow {
  const read = reader(TYPE, json);
  if (key === FLOOD_KEY) return { kind: 'flood', vtep: read.strings('vtep'), flood: read.boolean('flood') };
  const mac = importTable.decode(key, json);
  if (!read.has('proof')) return { kind: 'mac', mac };
  const { proof: _, path: __, ...said } = json as Readonly<Record<string, unknown>>;
  return { kind: 'mac', mac, vouched: { said, proof: read.object('proof', readProof) } };
}

/** As the wire and the API have it: the MAC is the key. */
export function encodeMac({ mac: _, ...row }: ToldMac): object {
  return row;
}

export function encodeFlood(group: readonly StretchRow[], vtep: readonly string[] = vtepsOf(group)): object {
  return { vtep, segId: group[0]?.segId, flood: group.some(({ flood }) => flood) };
}

/** Where our end of a stretch is. */
export function vtepsOf(group: readonly StretchRow[]): readonly string[] {
  return [...new Set(group.flatMap(({ ownVteps }) => ownVteps))].sort();
}
