import {
  EVENT_NOUNS,
  type JsonSchema,
  type RowKind,
  agentLife,
  apiWriter,
  exportTable,
  importTable,
  l2Event,
  learnedTable,
  networkTable,
  openSession,
  reportTable,
  statusHint,
  switchTable,
  syncRecall,
  syncReport,
  syncSession,
  syncTable,
  wakeCompiler,
} from '@l2gw/contracts';
import {
  REQUEST_VERBS,
  TableSubjects,
  beatSchema,
  deltaSchema,
  lifeSchema,
  pushReplySchema,
  pushSchema,
  requestSchemas,
} from '@l2gw/tables';
import { type Channel, EMPTY } from './channel.js';
import { QUESTION_CHANNELS } from './question-channels.js';
import { type Schema, reference } from './schema.js';

const subjects = new TableSubjects();

/** A subject with a name where an id will be; ids that the code chooses hold no such words. */
const named = (subject: string): string => subject.replace(/\b([A-Z]+)\b/g, (id) => `{${id.toLowerCase()}}`);

/** The tables, with the schemas of their rows by name. */
const TABLES = {
  switch: { table: 'switch/SWITCH', rows: switchTable.rows, schema: 'SwitchRow' },
  network: { table: 'network/NETWORK', rows: networkTable.rows, schema: 'NetworkRow' },
  sync: { table: syncTable.table, rows: syncTable.rows, schema: 'SyncRow' },
  export: { table: 'export/NETWORK', rows: exportTable.rows, schema: 'ExportRow' },
  report: { table: 'report/SWITCH', rows: reportTable.rows, schema: 'ReportRow' },
  learned: { table: 'learned/SWITCH', rows: learnedTable.rows, schema: 'LearnedRow' },
  'sync-report': { table: syncReport.table, rows: syncReport.rows, schema: 'SyncReportRow' },
  import: { table: 'import/CLOUD/CONNECTION', rows: importTable.rows, schema: 'ImportRow' },
} as const;

const published = (kind: 'switch' | 'network' | 'sync' | 'export'): Channel => ({
  name: `table.${kind}`,
  address: named(subjects.table(TABLES[kind].table)),
  summary: `What has changed in a table ${named(TABLES[kind].table)}, and what it is now`,
  action: 'send',
  messages: {
    delta: { payload: deltaSchema(reference(TABLES[kind].schema)) },
    beat: { payload: beatSchema },
  },
});

const pushed = (kind: 'report' | 'learned' | 'sync-report' | 'import', writer = 'An agent'): Channel => ({
  name: `up.${kind}`,
  address: named(subjects.push('CLIENT', TABLES[kind].table)),
  summary: `${writer} pushes its table ${named(TABLES[kind].table)}`,
  action: 'receive',
  messages: { push: { payload: pushSchema(reference(TABLES[kind].schema)) } },
  answer: { payload: pushReplySchema },
});

/** What is on the bus besides RPC. */
export const CHANNELS: readonly Channel[] = [
  published('switch'),
  published('network'),
  published('sync'),
  published('export'),
  ...REQUEST_VERBS.map((verb): Channel => ({
    name: `req.${verb}`,
    address: named(subjects.request('CLIENT', verb)),
    summary: `A reader of tables asks: ${verb}`,
    action: 'receive',
    messages: { request: { payload: requestSchemas[verb].request } },
    answer: { payload: requestSchemas[verb].reply },
  })),
  {
    name: 'req.open',
    address: openSession.served.replace('*', '{client}'),
    summary:
      'An agent that has won the lock of its switch asks for an epoch; remote-sync, to be the active one or to remain it',
    action: 'receive',
    messages: { request: { payload: openSession.request }, sync: { payload: syncSession.request } },
    answer: { payload: { anyOf: [openSession.reply, ...syncSession.reply.anyOf] } },
  },
  {
    name: 'req.recall',
    address: syncRecall.subject,
    summary: 'remote-sync asks what the API holds of a table that was pushed',
    action: 'receive',
    messages: { request: { payload: syncRecall.request } },
    answer: { payload: syncRecall.reply },
  },
  pushed('report'),
  pushed('learned'),
  pushed('sync-report', 'remote-sync'),
  pushed('import', 'remote-sync'),
  ...QUESTION_CHANNELS,
  {
    name: 'life.writer',
    address: subjects.life(apiWriter.name),
    summary: 'The writer of the tables lives: once a second',
    action: 'send',
    messages: { life: { payload: lifeSchema } },
  },
  {
    name: 'life.agent',
    address: agentLife.heard.replace('*', '{client}'),
    summary: `An agent lives: every ${agentLife.everyMs / 1000} s; without a body if it is not behind`,
    action: 'receive',
    messages: { life: EMPTY, behind: { payload: agentLife.schema } },
  },
  {
    name: 'event',
    address: l2Event.heard.replace('*', '{noun}'),
    summary: 'Something has changed; replicas receive it, too, for their streams',
    action: 'send',
    messages: { event: { payload: reference('L2Event') } },
    choices: { noun: EVENT_NOUNS },
  },
  {
    name: 'wake.compiler',
    address: wakeCompiler.subject,
    summary: 'Facts have been committed: one replica tells the one that compiles',
    action: 'send',
    messages: { wake: EMPTY },
  },
  {
    name: 'wake.status',
    address: statusHint.subject,
    summary: 'Statuses that hang on a switch may be others now: one replica tells all',
    action: 'send',
    messages: { hint: { payload: statusHint.schema } },
  },
];

/** The schemas that they refer to, besides those of the nouns. */
export const ROW_SCHEMAS: Readonly<Record<string, Schema>> = Object.fromEntries(
  Object.values(TABLES).map(({ rows, schema }) => [schema, anyOf(rows)]),
);

function anyOf(rows: readonly RowKind[]): JsonSchema {
  return { anyOf: rows.map(({ key, about, row }) => ({ ...row, title: key, description: about })) };
}
