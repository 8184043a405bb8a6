import type { EntityManager } from 'typeorm';
import { flagOf, isUuid } from './attributes.js';
import type { ListQuery } from './list-query.js';
import { badRequest } from './neutron-error.js';
import { tagCondition } from './tag-filters.js';

/** How one noun is listed: where its rows come from and which attributes can be filtered and sorted by. */
export interface Listing<Row> {
  /** A SQL relation whose rows are `Row`s, and which has a column `id`. */
  readonly from: string;
  /** Attribute → SQL expression over that relation; `text` is compared as text. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Attributes that clients filter by although the noun has none of them: they match nothing, instead of everything. */
  readonly absent?: readonly string[];
  /** Attributes that are true or false: what Neutron takes for these words is understood. */
  readonly flags?: readonly string[];
  /** Attributes that are filtered by in a way of their own: the SQL condition for these values, whose parameters it adds. */
  readonly special?: Readonly<Record<string, (values: readonly string[], parameters: unknown[]) => string>>;
  /** Has a column `tags`. */
  readonly tagged?: true;
  readonly path: string;
  readonly plural: string;
  readonly view: (row: Row) => Readonly<Record<string, unknown>>;
}

export interface Page {
  readonly [name: string]: readonly Readonly<Record<string, unknown>>[];
}

/** One page of a list, as Neutron answers it; always one SQL statement, two when a marker must be looked up. */
export async function selectPage<Row extends { readonly id: string }>(
  db: EntityManager,
  listing: Listing<Row>,
  query: ListQuery,
): Promise<Page> {
  if (listing.absent?.some((name) => query.filters.has(name))) return { [listing.plural]: [] };
  const parameters: unknown[] = [];
  const order = orderOf(listing, query);
  const where = [
    ...filtersOf(listing, query, parameters),
    ...(await afterMarker(db, listing, query, order, parameters)),
  ];
  if (query.limit !== undefined) parameters.push(query.limit);
  const rows: Row[] = await db.query(
    `SELECT * FROM ${listing.from} AS listed
     ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''}
     ORDER BY ${order.map((each) => `${each.sql} ${each.descending ? 'DESC' : 'ASC'}`).join(', ')}
     ${query.limit === undefined ? '' : `LIMIT $${parameters.length}`}`,
    parameters,
  );
  if (query.reverse) rows.reverse();
  return {
    [listing.plural]: rows.map((row) => project(listing.view(row), query.fields)),
    ...linksOf(listing, query, rows),
  };
}

/** Keeps the fields that were asked for; without any, all. */
export function project(
  view: Readonly<Record<string, unknown>>,
  fields: readonly string[],
): Readonly<Record<string, unknown>> {
  const named = fields.filter((name) => name !== '');
  if (named.length === 0) return view;
  return Object.fromEntries(Object.entries(view).filter(([name]) => named.includes(name)));
}

interface Order {
  readonly sql: string;
  readonly descending: boolean;
}

/** The id comes last, so that the order is total and a marker stands for one place in it. */
function orderOf(listing: Listing<never>, query: ListQuery): readonly Order[] {
  const keys = query.sort.map(({ key, descending }) => {
    const sql = own(listing.attributes, key);
    if (sql === undefined) throw badRequest(`['${key}'] is invalid attribute for sort_keys`);
    return { sql, descending: descending !== query.reverse };
  });
  return [...keys, { sql: 'listed.id', descending: query.reverse }];
}

function filtersOf(listing: Listing<never>, query: ListQuery, parameters: unknown[]): string[] {
  return [...query.filters].flatMap(([name, values]) => {
    const tags = listing.tagged === true ? tagCondition(name, values, parameters) : undefined;
    if (tags !== undefined) return [tags];
    const special = own(listing.special ?? {}, name);
    if (special !== undefined) return [special(values, parameters)];
    const sql = own(listing.attributes, name);
    if (sql === undefined) return [];
    parameters.push(
      listing.flags?.includes(name) === true ? values.map((each) => String(flagOf(each) ?? each)) : values,
    );
    return [`(${sql})::text = ANY ($${parameters.length}::text[])`];
  });
}

/** Clients choose the names, and `constructor` is none of ours. */
function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

async function afterMarker(
  db: EntityManager,
  listing: Listing<never>,
  query: ListQuery,
  order: readonly Order[],
  parameters: unknown[],
): Promise<string[]> {
  if (query.marker === undefined) return [];
  const columns = order.map((each, index) => `(${each.sql})::text AS key${index}`).join(', ');
  const [place]: Record<string, string | null>[] = await db.query(
    `SELECT ${columns} FROM ${listing.from} AS listed WHERE ${isUuid(query.marker) ? 'listed.id' : 'listed.id::text'} = $1`,
    [query.marker],
  );
  if (place === undefined) throw badRequest(`Invalid input for operation: marker '${query.marker}' was not found.`);
  const equal: string[] = [];
  const branches = order.map((each, index) => {
    const relation = relationTo(place[`key${index}`] ?? null, each, parameters);
    const branch = [...equal, relation.behind].join(' AND ');
    equal.push(relation.equal);
    return `(${branch})`;
  });
  return [`(${branches.join(' OR ')})`];
}

/** Values stay texts on their way, as JavaScript knows no microseconds. Null is greater than everything, as `ORDER BY` has it. */
function relationTo(
  value: string | null,
  { sql, descending }: Order,
  parameters: unknown[],
): { readonly behind: string; readonly equal: string } {
  if (value === null) return { behind: descending ? `${sql} IS NOT NULL` : 'false', equal: `${sql} IS NULL` };
  parameters.push(value);
  const given = `$${parameters.length}`;
  const behind = descending ? `${sql} < ${given}` : `(${sql} > ${given} OR ${sql} IS NULL)`;
  return { behind, equal: `${sql} = ${given}` };
}

function linksOf(listing: Listing<never>, query: ListQuery, rows: readonly { readonly id: string }[]): object {
  const [first, last] = [rows[0], rows[rows.length - 1]];
  if (query.limit === undefined || first === undefined || last === undefined) return {};
  const link = (rel: string, marker: string, more: Record<string, string>) => {
    const parameters = new URLSearchParams();
    for (const [name, values] of query.filters) for (const value of values) parameters.append(name, value);
    for (const field of query.fields) parameters.append('fields', field);
    for (const { key, descending } of query.sort) {
      parameters.append('sort_key', key);
      parameters.append('sort_dir', descending ? 'desc' : 'asc');
    }
    for (const [name, value] of Object.entries({ limit: String(query.limit), marker, ...more }))
      parameters.set(name, value);
    return { rel, href: `${listing.path}?${parameters.toString()}` };
  };
  const next = link('next', last.id, {});
  const previous = link('previous', first.id, { page_reverse: 'True' });
  return { [`${listing.plural}_links`]: query.marker === undefined ? [next] : [next, previous] };
}
