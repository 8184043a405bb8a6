import { ContractError, importTable, learnedTable, reportTable, syncReport } from '@l2gw/contracts';
import { type MacAddress, isStation, parseMac } from '@l2gw/l2';

/** Whether the row follows its contract. */
export function isUnderstood(table: string, key: string, row: object): boolean {
  try {
    return decodes(table, key, row);
  } catch (error) {
    if (error instanceof ContractError) return false;
    throw error;
  }
}

/** Rows of MACs are found by their keys, so these must be spelled as everybody spells them. Throws `ContractError`. */
function decodes(table: string, key: string, row: object): boolean {
  if (table.startsWith('learned/')) return learnedTable.decode(key, row) !== undefined;
  if (table === syncReport.table) return syncReport.decode(key, row) !== undefined;
  if (table.startsWith('import/')) return isCanonical(importTable.decode(key, row).mac, key);
  return reportTable.decode(key, row) !== undefined;
}

const isCanonical = (mac: MacAddress, key: string): boolean => mac === key && isStation(mac);

/** The canonical form of the MAC of one station. */
export function isCanonicalMac(text: string): boolean {
  return /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/.test(text) && isStation(parseMac(text));
}
