/** What a kept connection tells its listeners. */

import type { OvsdbError } from './errors.js';
import type { MonitorMethod } from './monitor.js';
import type { DatabaseSchema } from './schema.js';
import type { Missing, Selection } from './selection.js';

/** The session is usable and the replica current. */
export interface LiveInfo {
  readonly schema: DatabaseSchema;
  /** Changes with every start of the server process; undefined if the server does not tell. */
  readonly serverId: string | undefined;
  readonly selection: Selection;
  /** What was wanted and the server does not have. */
  readonly missing: Missing;
  readonly monitorMethod: MonitorMethod;
  /** The server continued where the replica stood; otherwise a full dump was compared. */
  readonly resumed: boolean;
}

/** There is no usable session: one was lost, or an attempt failed. */
export interface DownInfo {
  readonly reason: OvsdbError;
  /** Attempts in a row that did not lead to a stable session. */
  readonly failures: number;
  /** Undefined: never, `stop` was called. */
  readonly retryInMs: number | undefined;
}
