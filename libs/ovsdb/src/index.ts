/** The public face of the OVSDB client. */

export type { AdmissionLimits } from './admission.js';
export type { BackoffPolicy } from './backoff.js';
export { backoffMs, DEFAULT_BACKOFF } from './backoff.js';
export type { ColumnType } from './column-type.js';
export { writeValue } from './column-codec.js';
export type { Comparison, Condition } from './conditions.js';
export { equals, EVERY_ROW, excludes, includes, rowIs } from './conditions.js';
export type { DownInfo, LiveInfo } from './connection-events.js';
export { Connection } from './connection.js';
export type { ConnectionOptions, ConnectionSettings } from './connection-options.js';
export { DEFAULT_SETTINGS } from './connection-options.js';
export type { Dial } from './dial.js';
export { dialPlain } from './dial.js';
export type { Unsubscribe } from './emitter.js';
export type { ActiveEndpoint, Endpoint, PassiveEndpoint } from './endpoint.js';
export { formatEndpoint, isPassive, isSecured, parseEndpoint } from './endpoint.js';
export type { Outcome } from './errors.js';
export {
  ConnectTimeout,
  DialError,
  Disconnected,
  EndpointError,
  FramingError,
  MonitorSilent,
  NotationError,
  OvsdbError,
  PeerClosed,
  ProbeTimeout,
  ProtocolError,
  QueueFull,
  RequestAborted,
  RequestTimeout,
  RpcError,
  SessionClosed,
  Stranger,
  Superseded,
  TlsError,
} from './errors.js';
export type { FramingLimits } from './framing.js';
export { MessageSplitter } from './framing.js';
export type { Json, JsonObject } from './json.js';
export { Lock } from './lock.js';
export type { MonitorMethod } from './monitor.js';
export { MONITOR_METHODS } from './monitor.js';
export type { Uuid, WireAtom, WireMap, WireNamedUuid, WireRow, WireSet, WireUuid, WireValue } from './notation.js';
export { mapOf, namedUuid, optional, setOf, uuid } from './notation.js';
export type { DialLimits } from './opening.js';
export type {
  Abort,
  Assert,
  Comment,
  Commit,
  Delete,
  Insert,
  InsertIdentity,
  Mutate,
  Mutation,
  Mutator,
  Operation,
  Select,
  Update,
  Wait,
} from './operations.js';
export {
  abort,
  assertLock,
  comment,
  commitDurably,
  deleteRows,
  expectRows,
  insert,
  mutate,
  select,
  update,
} from './operations.js';
export { flagOf, mapOfNumbersToTexts, mapOfTexts, numberOf, textOf, textsOf } from './read-row.js';
export type { ChangeSet, Replica, RowChange, Table } from './replica.js';
export { readSelected } from './select-rows.js';
export type { PassiveSettings } from './reception.js';
export type { RequestLimits } from './request-queue.js';
export type { DatabaseSchema, TableSchema } from './schema.js';
export { readSchema } from './schema.js';
export type { Missing, Selection, Trimmed } from './selection.js';
export { trimSelection } from './selection.js';
export type { NotificationListener, SessionOptions } from './session.js';
export { Session } from './session.js';
export type { OwnCertificate, TlsSettings, Trust } from './tls-settings.js';
export type { Counted, Done, Inserted, ResultOf, ResultsOf, Selected } from './transact.js';
export { readResults } from './transact.js';
export type { Refusal } from './transact-error.js';
export {
  ConstraintViolation,
  InvalidOperation,
  NotOwner,
  PermissionDenied,
  ReferentialIntegrityViolation,
  TransactError,
  TransactRefused,
  WaitTimedOut,
} from './transact-error.js';
export { dialTls } from './tls-stream.js';
export type { Row, Scalar, Value } from './value.js';
export { sameRow, sameValue } from './value.js';
