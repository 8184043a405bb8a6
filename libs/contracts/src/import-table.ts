import { EXPORTED_MAC, EXPORTED_OPTIONAL, type ExportedMac, decodeExportedMac } from './export-table.js';
import { type RowKind, list, record, text } from './json-schema.js';
import { reader } from './reader.js';

/** A MAC that is in another cloud, as we have heard of it. */
export interface ImportedMac extends ExportedMac {
  /** Cloud ids: where it is, then by whom it was passed on, the last of whom has told us. Absent: the cloud itself has. */
  readonly path?: readonly string[];
}

const PATH = list(
  text(),
  'The cloud where it is, then those that have passed it on; absent: the cloud itself has told us.',
);

const rows: readonly RowKind[] = [
  {
    key: '{mac}',
    about: 'A MAC of the other cloud that was accepted.',
    row: record({ ...EXPORTED_MAC, path: PATH }, [...EXPORTED_OPTIONAL, 'path']),
  },
];

/**
 * `import/<cloud>/<connection>`, pushed by remote-sync to the API: what a peer has said of one stretch and remote-sync has accepted.
 * The API refuses pushes (`client`) to the table of what is no stretch now: the connection is gone, or its remote gateway is no
 * longer the peer's; its rows are gone then, too.
 */
export const importTable = {
  type: 'l2gw.table.import.v1',
  table: (cloud: string, connection: string): string => `import/${cloud}/${connection}`,
  /** Undefined: no name of such a table. */
  partsOf(table: string): { readonly cloud: string; readonly connection: string } | undefined {
    const [kind, cloud, connection, ...rest] = table.split('/');
    if (kind !== 'import' || cloud === undefined || connection === undefined || rest.length > 0) return undefined;
    return { cloud, connection };
  },
  rows,
  decode(key: string, json: unknown): ImportedMac {
    const read = reader(importTable.type, json);
    const mac = decodeExportedMac(importTable.type, key, json);
    return read.has('path') ? { ...mac, path: read.strings('path') } : mac;
  },
} as const;
