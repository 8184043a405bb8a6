import type { EntityManager } from 'typeorm';
import { flagOf, isUuid } from './attributes.js';
import type { ListQuery } from './list-query.js';
import { badRequest } from './neutron-error.js';
import { tagCondition } from './tag-filters.js';

/** How one noun is listed: where its rows come from and which attributes can be filtered and sorted by. */
export interface Listing<Row> {
  /** A SQL relation whose rows are `Row`s, and which has a column `id`. */
  readonly from: string;
  /** The same relation, short of rows that cannot be among the next ones in the order of ids. For lists that may be long. */
  readonly near?: (near: Near, parameters: unknown[]) => string;
  /** Attributes that cost a look at each row: SQL that adds them to `listed`. They are looked up for a page only, unless the list is filtered or sorted by them. */
  readonly later?: { readonly attributes: readonly string[]; readonly join: string };
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

/** The next `limit` rows in the order of ids; `from`: from this one on, itself included. */
export interface Near {
  readonly from: string | undefined;
  readonly limit: number;
  readonly descending: boolean;
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
  const sorted = `ORDER BY ${order.map((each) => `${each.sql} ${each.descending ? 'DESC' : 'ASC'}`).join(', ')}`;
  const where = [
    ...filtersOf(listing, query, parameters),
    ...(await afterMarker(db, listing, query, order, parameters)),
  ];
  const from = relationOf(listing, query, parameters);
  if (query.limit !== undefined) parameters.push(query.limit);
  const page = `SELECT * FROM ${from} AS listed ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ${sorted}
     ${query.limit === undefined ? '' : `LIMIT $${parameters.length}`}`;
  const isWhole = listing.later === undefined || needsAll(listing, query);
  const rows: Row[] = await db.query(
    isWhole ? page : `SELECT * FROM (${page}) AS listed ${listing.later.join} ${sorted}`,
    parameters,
  );
  if (query.reverse) rows.reverse();
  return {
    [listing.plural]: rows.map((row) => project(listing.view(row), query.fields)),
    ...linksOf(listing, query, rows),
  };
}

/** Whether the list is filtered or sorted by what is otherwise looked up later. */
function needsAll({ later }: Listing<never>, { filters, sort }: ListQuery): boolean {
  return later?.attributes.some((name) => filters.has(name) || sort.some(({ key }) => key === name)) ?? false;
}

function relationOf(listing: Listing<never>, query: ListQuery, parameters: unknown[]): string {
  if (needsAll(listing, query)) return `(SELECT * FROM ${listing.from} AS listed ${listing.later?.join})`;
  const { limit, marker, reverse: descending } = query;
  const isNear = limit !== undefined && query.filters.size === 0 && query.sort.length === 0;
  if (listing.near === undefined || !isNear) return listing.from;
  return listing.near({ from: marker, limit, descending }, parameters);
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
  const own: unknown[] = [query.marker];
  const [place]: Record<string, string | null>[] = await db.query(
    `SELECT ${columns} FROM ${relationAt(listing, query, query.marker, own)} AS listed
     WHERE ${isUuid(query.marker) ? 'listed.id' : 'listed.id::text'} = $1`,
    own,
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

/** Where the marker is found. */
function relationAt(listing: Listing<never>, query: ListQuery, marker: string, parameters: unknown[]): string {
  const isNear = listing.near !== undefined && isUuid(marker);
  const near = isNear ? listing.near({ from: marker, limit: 1, descending: false }, parameters) : listing.from;
  return needsAll(listing, query) ? `(SELECT * FROM ${near} AS listed ${listing.later?.join})` : near;
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
