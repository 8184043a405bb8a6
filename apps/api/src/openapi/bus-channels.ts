import { agentLife, apiWriter, openSession, wakeCompiler } from '@l2gw/contracts';
import { REQUEST_VERBS, TableSubjects } from '@l2gw/tables';
import { type Schema, dictionary, integer, list, oneOf, record, reference, text } from './schema.js';
import { ROW_SCHEMAS } from './row-schemas.js';

/** One subject, or those that differ in ids only, with what travels on it. */
export interface Channel {
  readonly name: string;
  readonly address: string;
  readonly summary: string;
  /** Of the API. */
  readonly action: 'send' | 'receive';
  readonly message: Schema;
  readonly headers?: Schema;
  readonly answer?: Schema;
  readonly answerHeaders?: Schema;
}

const subjects = new TableSubjects();
const EMPTY: Schema = { description: 'No body.' };

/** A subject with a name where an id will be; ids hold no braces. */
const withNames = (subject: string): string => subject.replace(/\b([A-Z]+)\b/g, (id) => `{${id.toLowerCase()}}`);

const CHANGES = { oneOf: [reference('TableDelta'), reference('TableBeat')] };

/** What is on the bus besides RPC. */
export const CHANNELS: readonly Channel[] = [
  ...(['switch', 'network'] as const).map((kind) => ({
    name: `table.${kind}`,
    address: withNames(subjects.table(`${kind}/${kind.toUpperCase()}`)),
    summary: `Changes of a table ${kind}/<${kind}>; rows are ${kind === 'switch' ? 'SwitchRow' : 'NetworkRow'}s`,
    action: 'send' as const,
    message: CHANGES,
  })),
  ...REQUEST_VERBS.map((verb) => ({
    name: `req.${verb}`,
    address: withNames(subjects.request('CLIENT', verb)),
    summary: `A reader of tables asks: ${verb}`,
    action: 'receive' as const,
    message: dictionary(),
    answer: dictionary(),
  })),
  {
    name: 'req.open',
    address: openSession.served.replace('*', '{client}'),
    summary: 'An agent that has won the lock of its switch asks for an epoch',
    action: 'receive',
    message: record({ switchName: text() }),
    answer: record({ epoch: integer() }),
  },
  ...(['report', 'learned'] as const).map((kind) => ({
    name: `up.${kind}`,
    address: withNames(subjects.push('CLIENT', `${kind}/CLIENT`)),
    summary: `An agent pushes its table ${kind}/<client>; rows are ${kind === 'report' ? 'ReportRow' : 'LearnedRow'}s`,
    action: 'receive' as const,
    message: record({ verb: oneOf(['apply', 'compare', 'replace', 'settle']) }),
    answer: dictionary(),
  })),
  {
    name: 'life.writer',
    address: subjects.life(apiWriter.name),
    summary: 'The writer of the tables lives: once a second',
    action: 'send',
    message: record({ epoch: text(), revision: integer(), instance: text(), at: integer('Milliseconds since 1970.') }),
  },
  {
    name: 'life.agent',
    address: agentLife.heard.replace('*', '{client}'),
    summary: `An agent lives: every ${agentLife.everyMs / 1000} s`,
    action: 'receive',
    message: EMPTY,
  },
  {
    name: 'wake.compiler',
    address: wakeCompiler.subject,
    summary: 'Facts have been committed: one replica tells the one that compiles',
    action: 'receive',
    message: EMPTY,
  },
];

const EPOCH = text('Names the history of the writer.');
const ROW_OP = {
  ...record({ key: text(), row: dictionary() }, ['row']),
  description: 'With a row: put. Without: drop.',
};

export const WIRE_SCHEMAS: Readonly<Record<string, Schema>> = {
  TableDelta: record({
    kind: oneOf(['delta']),
    epoch: EPOCH,
    from: integer(),
    to: integer(),
    ops: list(ROW_OP),
  }),
  TableBeat: record({ kind: oneOf(['beat']), epoch: EPOCH, revision: integer(), digest: text() }),
  ...ROW_SCHEMAS,
};
