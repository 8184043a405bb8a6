import { reportTable, switchClientId } from '@l2gw/contracts';
import type { KeyedRow } from '@l2gw/tables';
import type { FactsTransaction } from '../database/facts.js';
import type { News } from '../events/summaries.js';

const CONFIRMATION = reportTable.confirmationKey('');
const PORT = reportTable.portKey('');
const DRIFT = reportTable.driftKey('');
const TUNNEL = reportTable.tunnelKey('');

/** Tells what an agent has newly reported of its switch's ports, and that statuses which hang on the switch may be others now. */
export function tellReported(
  tx: FactsTransaction,
  switchName: string,
  rows: readonly KeyedRow[],
  dropped: readonly string[],
): void {
  tx.tell(...rows.filter(({ key }) => key.startsWith(PORT)).map(({ key, row }) => portNews(switchName, key, row)));
  tx.tell(...rows.filter(({ key }) => key.startsWith(TUNNEL)).map(({ key, row }) => tunnelNews(switchName, key, row)));
  tx.tell(...rows.filter(({ key }) => key.startsWith(DRIFT)).map(({ key, row }) => driftNews(switchName, key, row)));
  const keys = [...rows.map((row) => row.key), ...dropped].filter((key) => key !== reportTable.cleanupKey);
  if (keys.length === 0) return;
  const client = switchClientId(switchName);
  const confirmed = keys.filter((key) => key.startsWith(CONFIRMATION)).map((key) => key.slice(CONFIRMATION.length));
  tx.wakeStatus(confirmed.length === keys.length ? { switch: client, networks: confirmed } : { switch: client });
}

/** A row that does not follow its contract says nothing of faults. */
function portNews(switchName: string, key: string, row: object): News {
  const faults = 'faults' in row && Array.isArray(row.faults) ? row.faults.map(String) : [];
  return { noun: 'switch', change: 'updated', id: switchName, port: key.slice(PORT.length), faults };
}

function tunnelNews(switchName: string, key: string, row: object): News {
  const fault = 'fault' in row ? String(row.fault) : '';
  const tunnel = key.slice(TUNNEL.length);
  return { noun: 'switch', change: 'updated', id: switchName, tunnel, faults: fault === '' ? [] : [fault] };
}

function driftNews(switchName: string, key: string, row: object): News {
  const what = 'what' in row ? String(row.what) : '';
  return {
    noun: 'switch',
    change: 'drifted',
    id: switchName,
    network_id: key.slice(DRIFT.length),
    status_reason: what,
  };
}
