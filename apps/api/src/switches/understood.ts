import { ContractError, importTable, learnedTable, reportTable, syncReport } from '@l2gw/contracts';
import { isStation, parseMac } from '@l2gw/l2';

/**
 * The row if it follows its contract, else an empty one: what nobody understands is kept (its hash makes both ends agree that it has
 * arrived) and says nothing.
 */
export function understood(table: string, key: string, row: object): object {
  try {
    return decodes(table, key, row) ? row : {};
  } catch (error) {
    if (error instanceof ContractError) return {};
    throw error;
  }
}

/** Rows of MACs are found by their keys, so these must be spelled as everybody spells them. Throws `ContractError`. */
function decodes(table: string, key: string, row: object): boolean {
  if (table.startsWith('learned/')) return learnedTable.decode(key, row) !== undefined;
  if (table === syncReport.table) return syncReport.decode(key, row) !== undefined;
  if (table.startsWith('import/')) return importTable.decode(key, row).mac === key && isCanonicalMac(key);
  return reportTable.decode(key, row) !== undefined;
}

/** The canonical form of the MAC of one station. */
export function isCanonicalMac(text: string): boolean {
  return /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/.test(text) && isStation(parseMac(text));
}
