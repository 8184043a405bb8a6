/** From a fresh session to one that can be worked with: schema, lock, monitor. */

import { RpcError } from './errors.js';
import type { Lock } from './lock.js';
import type { MonitorMethod, MonitorReply } from './monitor.js';
import { Monitor, NO_TRANSACTION } from './monitor.js';
import type { ResumePoint } from './replica-keeper.js';
import type { RequestLimits } from './request-queue.js';
import type { DatabaseSchema } from './schema.js';
import { readSchema } from './schema.js';
import type { Selection, Trimmed } from './selection.js';
import { trimSelection } from './selection.js';
import type { Session } from './session.js';

export interface LinkPlan {
  readonly dbName: string;
  readonly selection: Selection;
  readonly monitorMethods: readonly MonitorMethod[];
  readonly resume: ResumePoint | undefined;
  /** Taken before the first row is read. */
  readonly lock: Lock | undefined;
}

export interface Link {
  readonly schema: DatabaseSchema;
  /** Changes with every start of the server process; undefined if the server has no `get_server_id`. */
  readonly serverId: string | undefined;
  readonly trimmed: Trimmed;
  readonly shape: string;
  readonly monitor: Monitor;
  readonly reply: MonitorReply;
}

/** `limits` apply to every request. Rejects as `Session.request`, or with ProtocolError. */
export async function openLink(session: Session, plan: LinkPlan, limits: RequestLimits): Promise<Link> {
  const [schemaJson, serverId] = await Promise.all([
    session.request('get_schema', [plan.dbName], limits),
    readServerId(session, limits),
  ]);
  const schema = readSchema(schemaJson);
  const trimmed = trimSelection(plan.selection, schema);
  const shape = JSON.stringify([schema.version, schema.checksum, trimmed.selection]);
  await plan.lock?.acquire(limits);
  const lastTransaction = plan.resume?.shape === shape ? plan.resume.lastTransaction : NO_TRANSACTION;
  const { dbName, monitorMethods: methods } = plan;
  const monitor = new Monitor(session, { dbName, selection: trimmed.selection, methods, lastTransaction });
  return { schema, serverId, trimmed, shape, monitor, reply: await monitor.open(limits) };
}

/** ovsdb-server(7) `get_server_id`; servers before Open vSwitch 2.10 do not know it. */
async function readServerId(session: Session, limits: RequestLimits): Promise<string | undefined> {
  try {
    const id = await session.request('get_server_id', [], limits);
    return typeof id === 'string' ? id : undefined;
  } catch (error) {
    if (error instanceof RpcError) return undefined;
    throw error;
  }
}
