import { NeutronError, badRequest } from './neutron-error.js';

/** A list request, in Neutron's terms. */
export interface ListQuery {
  /** Empty: all. */
  readonly fields: readonly string[];
  /** Attribute → values, any of which will do. */
  readonly filters: ReadonlyMap<string, readonly string[]>;
  readonly sort: readonly { readonly key: string; readonly descending: boolean }[];
  readonly limit?: number;
  readonly marker?: string;
  readonly reverse: boolean;
}

const RESERVED = new Set(['fields', 'sort_key', 'sort_dir', 'limit', 'marker', 'page_reverse']);

/** Reads the query string of a list. Throws `NeutronError` 400 for a limit or an order that makes no sense. */
export function readListQuery(query: URLSearchParams): ListQuery {
  const limit = readLimit(query.get('limit'));
  const marker = query.get('marker');
  return {
    fields: query.getAll('fields'),
    filters: new Map(
      [...new Set(query.keys())].filter((key) => !RESERVED.has(key)).map((key) => [key, query.getAll(key)]),
    ),
    sort: readSort(query.getAll('sort_key'), query.getAll('sort_dir')),
    ...(limit === undefined ? {} : { limit }),
    ...(marker === null ? {} : { marker }),
    reverse: /^(true|1)$/i.test(query.get('page_reverse') ?? ''),
  };
}

function readLimit(text: string | null): number | undefined {
  if (text === null) return undefined;
  if (!/^\d{1,9}$/.test(text)) {
    throw new NeutronError(
      400,
      'BadRequest',
      `Bad limit request: Limit must be an integer 0 or greater and not '${text}'.`,
    );
  }
  return text === '0' ? undefined : Number(text);
}

function readSort(keys: readonly string[], directions: readonly string[]): ListQuery['sort'] {
  if (directions.length > 0 && keys.length !== directions.length) {
    throw badRequest('The number of sort_keys and sort_dirs must be same');
  }
  return keys.map((key, index) => {
    const direction = directions[index] ?? 'asc';
    if (direction !== 'asc' && direction !== 'desc') throw badRequest(`'${direction}' is not asc or desc`);
    return { key, descending: direction === 'desc' };
  });
}
