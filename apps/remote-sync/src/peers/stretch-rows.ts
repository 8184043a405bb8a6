import { type ExportedMac, type StretchRow, importTable, reader } from '@l2gw/contracts';

/** A row of `stretch/<cloud>/seg-<number>`, the table that one cloud keeps for another. */
export type StretchTableRow =
  | { readonly kind: 'mac'; readonly mac: ExportedMac }
  | { readonly kind: 'flood'; readonly vtep: readonly string[]; readonly flood: boolean };

/** The key of the row that says where the cloud's end is, and whether it floods. All others are MACs. */
export const FLOOD_KEY = 'flood';

/** Throws `ContractError`. */
export function decodeStretchRow(key: string, json: unknown): StretchTableRow {
  if (key !== FLOOD_KEY) return { kind: 'mac', mac: importTable.decode(key, json) };
  const read = reader('l2gw.table.stretch.v1', json);
  return { kind: 'flood', vtep: read.strings('vtep'), flood: read.boolean('flood') };
}

/** As the wire and the API have it: the MAC is the key. */
export function encodeMac({ mac: _, ...row }: ExportedMac): object {
  return row;
}

export function encodeFlood(group: readonly StretchRow[]): object {
  return { vtep: vtepsOf(group), segId: group[0]?.segId, flood: group.some(({ flood }) => flood) };
}

/** Where our end of a stretch is. */
export function vtepsOf(group: readonly StretchRow[]): readonly string[] {
  return [...new Set(group.flatMap(({ ownVteps }) => ownVteps))].sort();
}
