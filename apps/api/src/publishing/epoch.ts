/**
 * The epoch of this cloud's tables: which PostgreSQL (system identifier), which of its timelines (a fail-over begins another), and a
 * counter that rises when a reader proves that it has seen a later state than ours (a backup was restored).
 */
export const EPOCH_SQL = `
  SELECT (SELECT system_identifier FROM pg_control_system()) || '.' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)
    || '.' || (SELECT counter FROM table_epoch)`;
