/** Follows tables of one database over one session, in the best way the server knows. */

import { ProtocolError, RpcError } from './errors.js';
import type { Json } from './json.js';
import { isArray } from './json.js';
import type { RequestLimits } from './request-queue.js';
import type { Selection } from './selection.js';
import type { Session } from './session.js';
import type { UpdateNotation } from './table-updates.js';

/** `monitor`: RFC 7047 §4.1.5. The others: ovsdb-server(7), since Open vSwitch 2.6 and 2.12. */
export type MonitorMethod = 'monitor_cond_since' | 'monitor_cond' | 'monitor';

export const MONITOR_METHODS: readonly MonitorMethod[] = ['monitor_cond_since', 'monitor_cond', 'monitor'];

/** A server that has no history answers with this, and a client that has none asks with it. */
export const NO_TRANSACTION = '00000000-0000-0000-0000-000000000000';

export interface MonitorPlan {
  readonly dbName: string;
  readonly selection: Selection;
  /** Tried in this order until the server accepts one. */
  readonly methods: readonly MonitorMethod[];
  /** The last one the replica has seen. */
  readonly lastTransaction: string;
}

export interface MonitorUpdate {
  readonly notation: UpdateNotation;
  readonly updates: Json;
  readonly lastTransaction: string;
}

export interface MonitorReply extends MonitorUpdate {
  readonly method: MonitorMethod;
  /** The server remembers `lastTransaction`: the updates are what happened since, not a full dump. */
  readonly resumed: boolean;
}

const UPDATE_OF: Readonly<Record<MonitorMethod, string>> = {
  monitor_cond_since: 'update3',
  monitor_cond: 'update2',
  monitor: 'update',
};

export class Monitor {
  private early: MonitorUpdate[] = [];
  private deliver: (update: MonitorUpdate) => void = (update) => this.early.push(update);

  constructor(
    private readonly session: Session,
    private readonly plan: MonitorPlan,
  ) {
    session.onNotification((method, params) => this.hear(method, params));
  }

  /** Resolves with the content so far. Rejects with the RpcError of the last method, or as `Session.request`. */
  async open(limits: RequestLimits = {}): Promise<MonitorReply> {
    let refused: unknown = new ProtocolError('no monitor method to try');
    for (const method of this.plan.methods) {
      try {
        const reply = await this.session.request(method, requestOf(method, this.plan), limits);
        return readReply(method, reply);
      } catch (error) {
        if (!(error instanceof RpcError)) throw error;
        refused = error;
      }
    }
    throw refused;
  }

  /** Hands over what arrived since the reply to `open`, then whatever arrives, as it arrives. */
  follow(apply: (update: MonitorUpdate) => void): void {
    const early = this.early;
    this.early = [];
    this.deliver = apply;
    early.forEach(apply);
  }

  private hear(method: string, params: readonly Json[]): void {
    const known = MONITOR_METHODS.find((each) => UPDATE_OF[each] === method);
    if (known === undefined || params[0] !== known) return;
    const [, second = null, third = null] = params;
    const notation = notationOf(known);
    if (known !== 'monitor_cond_since') this.deliver({ notation, updates: second, lastTransaction: NO_TRANSACTION });
    else this.deliver({ notation, updates: third, lastTransaction: String(second) });
  }
}

/** The method is also the monitor's id: unique within the session, and it says how its updates are written. */
function requestOf(method: MonitorMethod, plan: MonitorPlan): readonly unknown[] {
  const tables = Object.entries(plan.selection).map(([table, columns]) => [table, [{ columns }]]);
  const request = [plan.dbName, method, Object.fromEntries(tables)];
  return method === 'monitor_cond_since' ? [...request, plan.lastTransaction] : request;
}

function readReply(method: MonitorMethod, reply: Json): MonitorReply {
  const notation = notationOf(method);
  if (method !== 'monitor_cond_since') {
    return { method, notation, updates: reply, lastTransaction: NO_TRANSACTION, resumed: false };
  }
  const [found, lastTransaction, updates]: readonly Json[] = isArray(reply) ? reply : [];
  if (typeof found !== 'boolean' || typeof lastTransaction !== 'string' || updates === undefined) {
    throw new ProtocolError('a reply to monitor_cond_since is not [found, last-txn-id, updates]');
  }
  return { method, notation, updates, lastTransaction, resumed: found };
}

function notationOf(method: MonitorMethod): UpdateNotation {
  return method === 'monitor' ? 'rows' : 'differences';
}
