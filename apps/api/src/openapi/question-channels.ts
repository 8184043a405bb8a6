import {
  type ClientId,
  SWITCH_QUESTIONS,
  SYNC_QUESTIONS,
  bindingStatistics,
  ribIn,
  sentTransactions,
  switchDifference,
  switchQuestion,
  switchResync,
  syncQuestion,
  syncRefresh,
} from '@l2gw/contracts';
import { type Channel, EMPTY } from './channel.js';

/** What the active agent of a switch answers. */
const ANSWERS = {
  transactions: sentTransactions.schema,
  diff: switchDifference.schema,
  resync: switchResync.schema,
  statistics: bindingStatistics.schema,
} as const;

/** What the active remote-sync is asked, and answers. */
const SYNC_ANSWERS = {
  refresh: { request: syncQuestion.request, schema: syncRefresh.schema },
  'rib-in': ribIn,
} as const;

/** Where operators' questions go on. */
export const QUESTION_CHANNELS: readonly Channel[] = [
  ...SWITCH_QUESTIONS.map((question): Channel => ({
    name: `ask.${question}`,
    address: switchQuestion.served('{client}' as ClientId).replace('*', question),
    summary: `The active agent of a switch is asked: ${question}`,
    action: 'send',
    messages: { question: EMPTY },
    answer: { payload: switchQuestion.reply(ANSWERS[question]) },
  })),
  ...SYNC_QUESTIONS.map((question): Channel => ({
    name: `ask.sync.${question}`,
    address: syncQuestion.subject(question),
    summary: `The active remote-sync is asked about a peer: ${question}`,
    action: 'send',
    messages: { question: { payload: SYNC_ANSWERS[question].request } },
    answer: { payload: syncQuestion.reply(SYNC_ANSWERS[question].schema) },
  })),
];
