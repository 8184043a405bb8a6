import { Client, type ClientConfig } from 'pg';
import { StatementNames } from './statement-names.js';
import { isStalePlan } from './violation.js';

type Ask = (query: unknown, values?: unknown) => unknown;

/**
 * A kind of session that has PostgreSQL parse and plan each statement once instead of every time, which takes longer than most of
 * them run. TypeORM knows no prepared statements, so the sessions of its pool give them names themselves.
 */
export function preparedClient(): typeof Client {
  const names = new StatementNames();
  return class PreparedClient extends Client {
    constructor(config?: string | ClientConfig) {
      super(config);
      const ask = this.query.bind(this) as Ask;
      const asked: Ask = (query, values) => {
        const name = typeof query === 'string' && hasValues(values) ? names.of(query) : undefined;
        if (name === undefined) return ask(query, values);
        const alone = this.getTransactionStatus() === 'I';
        const answer = ask({ name, text: query }, values) as Promise<unknown>;
        return answer.catch((error: unknown) => {
          if (!isStalePlan(error)) throw error;
          names.forget();
          if (!alone) throw error;
          return ask(query, values);
        });
      };
      this.query = asked as Client['query'];
    }
  };
}

/** Without values there may be several statements in one text, which cannot be prepared. */
function hasValues(values: unknown): boolean {
  return Array.isArray(values) && values.length > 0;
}
