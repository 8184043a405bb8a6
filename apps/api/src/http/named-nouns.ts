import type { EntityManager } from 'typeorm';
import { isUuid } from '../http/attributes.js';
import { conflict } from '../http/neutron-error.js';

/** Collections whose things have names → their tables. A noun that can be called by its name takes its place here. */
const TABLES: ReadonlyMap<string, string> = new Map([
  ['networks', 'network'],
  ['subnets', 'subnet'],
  ['ports', 'port'],
  ['l2-gateways', 'l2_gateway'],
  ['l2-remote-gateways', 'remote_gateway'],
]);

/** Attributes of bodies that refer to things with names → the collections of these. */
export const REFERENCES: ReadonlyMap<string, string> = new Map([
  ['network_id', 'networks'],
  ['gateway_id', 'l2-gateways'],
  ['l2_gateway_id', 'l2-gateways'],
  ['remote_gateway_id', 'l2-remote-gateways'],
]);

/** As many are named in an error. */
const CANDIDATES = 10;

/**
 * What clients call a thing of the collection by → its id, for each that is the name of exactly one. What looks like an id is one.
 * Throws 409 for a name that several have.
 */
export async function idsOf(
  db: EntityManager,
  collection: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const table = TABLES.get(collection);
  const wanted = names.filter((name) => name !== '' && !isUuid(name));
  if (table === undefined || wanted.length === 0) return new Map();
  const rows: { name: string; ids: string[] }[] = await db.query(
    `SELECT name, array_agg(id::text ORDER BY id) AS ids FROM ${table} WHERE name = ANY ($1::text[]) GROUP BY name`,
    [wanted],
  );
  return new Map(rows.map(({ name, ids }) => [name, onlyOne(name, ids)]));
}

function onlyOne(name: string, ids: readonly string[]): string {
  const [first = '', ...others] = ids;
  if (others.length === 0) return first;
  const candidates = `${ids.slice(0, CANDIDATES).join(', ')}${ids.length > CANDIDATES ? ', …' : ''}`;
  throw conflict('NotUniqueMatch', `Multiple matches exist for the name '${name}': give one of the ids ${candidates}.`);
}
