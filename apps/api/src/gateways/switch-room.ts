import type { FactsTransaction } from '../database/facts.js';
import { conflict } from '../http/neutron-error.js';

/**
 * Locks the switches for those who bind networks on them, in one order. Where the number of networks is limited only one can do so at
 * a time, so that two do not both take the last place.
 */
export async function lockSwitches(tx: FactsTransaction, devices: readonly string[]): Promise<void> {
  const limited: { name: string }[] = await tx.db.query(
    `SELECT name FROM switch WHERE name = ANY ($1::text[]) AND settings ? 'max_networks'`,
    [devices],
  );
  const names = new Set(limited.map((each) => each.name));
  for (const device of [...devices].sort()) await tx.lock('switch', device, names.has(device) ? 'exclusive' : 'shared');
}

/** Throws 409 `L2SwitchFull` if more networks are bound on one of the switches than it has room for. */
export async function requireRoom(tx: FactsTransaction, devices: readonly string[]): Promise<void> {
  const [full]: { name: string; most: string }[] = await tx.db.query(
    `SELECT name, settings ->> 'max_networks' AS most FROM switch
     WHERE name = ANY ($1::text[]) AND settings ? 'max_networks' AND (settings ->> 'max_networks')::integer <
       (SELECT count(DISTINCT network_id) FROM binding WHERE device_name = switch.name) ORDER BY name LIMIT 1`,
    [devices],
  );
  if (full === undefined) return;
  throw conflict('L2SwitchFull', `L2 Switch ${full.name} has room for ${full.most} networks, and they are all taken.`);
}
