import { ContractError, learnedTable, reportTable } from '@l2gw/contracts';

/**
 * The row if it follows its contract, else an empty one: what nobody understands is kept (its hash makes both ends agree that it has
 * arrived) and says nothing.
 */
export function understood(table: string, key: string, row: object): object {
  try {
    if (table.startsWith('learned/')) learnedTable.decode(key, row);
    else reportTable.decode(key, row);
    return row;
  } catch (error) {
    if (error instanceof ContractError) return {};
    throw error;
  }
}
