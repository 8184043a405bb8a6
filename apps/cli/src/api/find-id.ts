/** Turns what a user calls a thing into its id. */
import { Ambiguous, NotFound, UsageError } from '../failures.js';
import type { ApiClient } from './api-client.js';
import type { Noun } from './noun.js';
import { type Row, textOf } from './row.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id goes before a name that looks like one. Throws `NotFound` or `Ambiguous`. */
export async function findId(api: ApiClient, noun: Noun, nameOrId: string): Promise<string> {
  if (nameOrId === '') throw new UsageError(`an empty text is no ${noun.title}`);
  if (!noun.named) return nameOrId;
  const id = nameOrId.toLowerCase();
  if (UUID.test(id) && (await candidates(api, noun, ['id', id])).length > 0) return id;
  return onlyOne(noun, nameOrId, await candidates(api, noun, ['name', nameOrId]));
}

/** Looks at what comes back: a server that does not know a filter answers everything. */
async function candidates(
  api: ApiClient,
  noun: Noun,
  [attribute, value]: readonly [string, string],
): Promise<readonly Row[]> {
  const rows = await api.list(noun, [
    [attribute, value],
    ['fields', 'id'],
    ['fields', attribute],
  ]);
  return rows.filter((row) => row[attribute] === value);
}

export function onlyOne(noun: Noun, name: string, rows: readonly Row[]): string {
  const [row, ...others] = rows;
  if (row === undefined) throw new NotFound(`there is no ${noun.title} '${name}'`);
  if (others.length > 0) {
    const ids = rows.map((each) => textOf(each, 'id')).join(', ');
    throw new Ambiguous(`${rows.length} ${noun.titles} are called '${name}': ${ids}; say which by its id`);
  }
  return textOf(row, 'id');
}
