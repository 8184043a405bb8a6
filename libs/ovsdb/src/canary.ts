/** Asks a session whether its monitor still delivers, without writing anything. */

import { RpcError } from './errors.js';
import type { Json } from './json.js';
import { isObject } from './json.js';
import type { MonitorMethod } from './monitor.js';
import type { Uuid } from './notation.js';
import { uuid } from './notation.js';
import type { Replica } from './replica.js';
import type { RequestLimits } from './request-queue.js';
import type { Selection } from './selection.js';
import type { Session } from './session.js';

export interface Watched {
  readonly dbName: string;
  readonly selection: Selection;
  readonly method: MonitorMethod;
  readonly replica: Replica;
}

export interface CanaryLimits extends RequestLimits {
  /** Of the second monitor; never used before in this session, since a question that got no answer may have left one behind. */
  readonly id: string;
}

/**
 * Resolves with what is wrong, or with nothing. First the server is asked whether it still knows the monitor; then a second
 * monitor, which shows nothing, is told to show one row that is known to exist, and its update must come (ovsdb-server(7),
 * `monitor_cond_change`: what a changed condition brings in is told as an update, before the reply). Plain `monitor` has
 * no conditions: there it says nothing. Rejects as `Session.request`.
 */
export async function askCanary(session: Session, watched: Watched, limits: CanaryLimits): Promise<string | undefined> {
  const { method, replica } = watched;
  if (method === 'monitor') return undefined;
  if (!(await isKnown(session, method, limits))) return 'the server has dropped the monitor';
  const row = anyRow(watched);
  if (row === undefined) return undefined;
  const told = await isTold(session, watched.dbName, row, limits);
  const gone = !replica.table(row.table).has(row.id); // just now, and we were told of it
  return told || gone ? undefined : 'updates do not arrive any more';
}

interface KnownRow {
  readonly table: string;
  readonly column: string;
  readonly id: Uuid;
}

function anyRow({ selection, replica }: Watched): KnownRow | undefined {
  for (const [table, [column]] of Object.entries(selection)) {
    const [id] = replica.table(table).keys();
    if (id !== undefined && column !== undefined) return { table, column, id };
  }
  return undefined;
}

async function isKnown(session: Session, monitor: string, limits: RequestLimits): Promise<boolean> {
  try {
    await session.request('monitor_cond_change', [monitor, monitor, {}], limits);
    return true;
  } catch (error) {
    if (error instanceof RpcError) return false;
    throw error;
  }
}

async function isTold(session: Session, dbName: string, row: KnownRow, limits: CanaryLimits): Promise<boolean> {
  const { table, column, id } = row;
  const canary = limits.id;
  let told = false;
  const off = session.onNotification((method, params) => {
    if (method === 'update2' && params[0] === canary) told ||= shows(params[1] ?? null, row);
  });
  try {
    await session.request(
      'monitor_cond',
      [dbName, canary, { [table]: [{ columns: [column], where: [false] }] }],
      limits,
    );
    const where = [['_uuid', '==', uuid(id)]];
    await session.request('monitor_cond_change', [canary, canary, { [table]: [{ where }] }], limits);
    await session.request('monitor_cancel', [canary], limits);
    return told;
  } finally {
    off();
  }
}

function shows(updates: Json, { table, id }: KnownRow): boolean {
  const rows = isObject(updates) ? updates[table] : undefined;
  return isObject(rows) && id in rows;
}
