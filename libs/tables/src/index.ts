export type { Bound } from './bound.js';
export { canonicalJson } from './canonical-json.js';
export { checkEntries } from './check-entries.js';
export type { TableState } from './check-entries.js';
export { systemClock } from './clock.js';
export type { CancelTimer, Clock, Random, Timing } from './clock.js';
export { BucketDigests, Digest, differingBuckets, EMPTY_DIGEST } from './digest.js';
export {
  bucketOf,
  BUCKETS,
  hashFromBigint64Text,
  hashFromHex,
  hashToBigint64Text,
  hashToHex,
  rowHash,
  textHash,
} from './hash.js';
export type { Hash64 } from './hash.js';
export { MalformedMessage } from './malformed-message.js';
export { beatSchema, deltaSchema, lifeSchema, pushReplySchema, pushSchema, requestSchemas } from './message-schemas.js';
export { MemoryPushStore } from './memory-push-store.js';
export { MemoryTables } from './memory-tables.js';
export type { MemoryTablesOptions } from './memory-tables.js';
export { NotConverging } from './not-converging.js';
export { PushRefusedError } from './push-calls.js';
export { PushReceiver } from './push-receiver.js';
export type { PushReceiverOptions } from './push-receiver.js';
export type {
  ClientRefused,
  EpochRefused,
  PushCompare,
  PushComparison,
  PushDelta,
  PushMark,
  PushReplace,
  PushSettle,
  PushSettled,
  PushStore,
} from './push-store.js';
export { PushWriter } from './push-writer.js';
export type { PushWriterOptions, PushWriterStatus } from './push-writer.js';
export type { DecodeRow, Replica, ReplicaChange, ReplicaDump, StopListening } from './replica.js';
export type {
  Absent,
  CheckAnswer,
  CheckDifference,
  CheckEntry,
  DigestsAnswer,
  Epoch,
  KeyedRow,
  PageLimit,
  Position,
  RowOp,
  RowsAnswer,
  SinceAnswer,
  TableSource,
} from './source.js';
export { DEFAULT_ROOT, REQUEST_VERBS, isTableName, TableSubjects } from './subjects.js';
export { TablePublisher } from './table-publisher.js';
export type { RevisedOp, TableDelta, TablePublisherOptions } from './table-publisher.js';
export { TableReader } from './table-reader.js';
export type { FollowOptions, TableReaderOptions } from './table-reader.js';
export { TableUnavailable } from './table-unavailable.js';
export { TableServer } from './table-server.js';
export type { TableServerOptions } from './table-server.js';
export type { PushAnswer, PushRefused, PushRequest } from './wire.js';
