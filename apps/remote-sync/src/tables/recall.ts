import type { Bus } from '@l2gw/bus';
import { type SyncRecalled, syncRecall } from '@l2gw/contracts';

const TIMEOUT_MS = 2000;
const ATTEMPTS = 3;

/** The rows that the API holds of a table, short of what they say if they are of MACs. */
export type Recalled = ReadonlyMap<string, object | undefined>;

/** What the API holds of a pushed table. Rejects if it does not say so in time. */
export async function recall(bus: Bus, table: string): Promise<Recalled> {
  const known = new Map<string, object | undefined>();
  let after: string | undefined;
  for (let isMore = true; isMore;) {
    const { rows, more } = await ask(bus, table, after);
    for (const { key, row } of rows) known.set(key, row);
    after = rows.at(-1)?.key;
    isMore = more && after !== undefined;
  }
  return known;
}

async function ask(bus: Bus, table: string, after: string | undefined): Promise<SyncRecalled> {
  const question = JSON.stringify(after === undefined ? { table } : { table, after });
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { body } = await bus.request(syncRecall.subject, question, { timeoutMs: TIMEOUT_MS });
      return syncRecall.decodeReply(JSON.parse(body));
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
  }
}
