export { ContractError, type Reader, reader } from './reader.js';
export { type ClientId, switchClientId } from './client-id.js';
export { type JsonSchema, type RowKind, flag, integer, list, oneOf, record, text } from './json-schema.js';
export {
  type BfdWish,
  type LogicalSwitchRow,
  type PortBinding,
  type RemoteTunnel,
  type SwitchCapability,
  SWITCH_CAPABILITIES,
  switchTable,
} from './switch-table.js';
export {
  type FloodRow,
  type MacBehindConnection,
  type MacBehindVtep,
  MAC_KINDS,
  type MacKind,
  type MacRow,
  type NetworkRow,
  type RemoteRow,
  networkTable,
} from './network-table.js';
export type {
  SwitchReport,
  SwitchState,
  PortReport,
  TunnelReport,
  Confirmation,
  Cleanup,
  DriftReport,
  ReportRow,
} from './report-rows.js';
export { reportTable } from './report-table.js';
export type { Problem, ProblemCode } from './problem.js';
export { type LearnedMac, learnedTable } from './learned-table.js';
export type { CloudRow, PeerLimits, PeerRow, PolicyRule, StretchRow, SyncRow } from './sync-rows.js';
export { syncTable } from './sync-table.js';
export {
  EXPORT_KINDS,
  type ExportKind,
  type ExportedMac,
  MAX_SEQUENCE,
  type MovedIp,
  exportTable,
} from './export-table.js';
export { type ImportedMac, importTable } from './import-table.js';
export {
  SYNC_PEER_STATES,
  SYNC_REFUSALS,
  SYNC_STRETCH_STATES,
  type SyncPeerReport,
  type SyncPeerState,
  type SyncRefusal,
  type SyncReportRow,
  type SyncStretchReport,
  type SyncStretchState,
  syncReport,
} from './sync-report.js';
export {
  type OpenSync,
  type SyncGranted,
  type SyncHeld,
  type SyncOpened,
  syncClient,
  syncSession,
} from './sync-session.js';
export { type OpenSession, type SessionOpened, openSession } from './open-session.js';
export { apiWriter } from './api-writer.js';
export { type AgentSign, type Lag, agentLife } from './agent-life.js';
export { EVENT_NOUNS, type EventChange, type EventNoun, type L2Event, l2Event } from './event.js';
export { type StatusHint, statusHint } from './status-hint.js';
export { wakeCompiler } from './wake-compiler.js';
export { SWITCH_QUESTIONS, type SwitchQuestion, type SwitchReply, switchQuestion } from './switch-question.js';
export { type OperationCount, type SentTransaction, sentTransactions } from './sent-transactions.js';
export {
  type DescribedChange,
  type DifferenceState,
  type NetworkDifference,
  type SwitchDifference,
  switchDifference,
} from './switch-difference.js';
export { type Resynced, switchResync } from './switch-resync.js';
export { type BindingStatistics, type SwitchStatistics, bindingStatistics } from './binding-statistics.js';
export { SYNC_QUESTIONS, type SyncQuestion, type SyncReply, syncQuestion } from './sync-question.js';
export { type SyncRefreshed, syncRefresh } from './sync-refresh.js';
export { type RibIn, type RibInPlace, type RibInQuery, type RibInRow, ribIn } from './rib-in.js';
export { type RecalledRow, type SyncRecall, type SyncRecalled, syncRecall } from './sync-recall.js';
