import type { EntityManager } from 'typeorm';
import type { AuditRecord } from './audit-record.js';

/** Column → type; the order is that of the table. */
const COLUMNS: Readonly<Record<keyof AuditRecord, string>> = {
  id: 'uuid',
  at: 'timestamptz',
  request_id: 'text',
  global_request_id: 'text',
  user_id: 'text',
  user_name: 'text',
  project_id: 'text',
  source: 'text',
  noun: 'text',
  verb: 'text',
  resource_id: 'text',
  method: 'text',
  path: 'text',
  status: 'integer',
  error_type: 'text',
  attributes: 'jsonb',
  count: 'integer',
  admitted: 'boolean',
};
const NAMES = Object.keys(COLUMNS).join(', ');
const TYPES = Object.entries(COLUMNS)
  .map((column) => column.join(' '))
  .join(', ');

/**
 * A statement that inserts the records in a parameter (`recordsParameter`), on its own or as part of another one that writes facts.
 * There, `condition` says whether these were written.
 */
export function insertAudit(parameter: string, condition = 'true'): string {
  return `INSERT INTO audit (${NAMES}) SELECT ${NAMES} FROM jsonb_to_recordset(${parameter}::jsonb) AS record (${TYPES}) WHERE ${condition}`;
}

export function recordsParameter(records: readonly AuditRecord[]): string {
  return JSON.stringify(records);
}

export async function writeRecords(db: EntityManager, records: readonly AuditRecord[]): Promise<void> {
  if (records.length > 0) await db.query(insertAudit('$1'), [recordsParameter(records)]);
}
