import { EXPORTED_MAC, type ExportedMac, decodeExportedMac } from './export-table.js';
import type { RowKind } from './json-schema.js';

const rows: readonly RowKind[] = [
  { key: '{mac}', about: 'A MAC of the other cloud that was accepted.', row: EXPORTED_MAC },
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
  decode(key: string, json: unknown): ExportedMac {
    return decodeExportedMac(importTable.type, key, json);
  },
} as const;
