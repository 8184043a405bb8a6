import { createHash } from 'node:crypto';

/**
 * The id by which a program and its tables are known on the bus. It is computed from the kind and the operator's name, so that
 * both ends and the bus server's permissions know it beforehand, and no operator-chosen text ever becomes part of a subject.
 */
export type ClientId = string & { readonly __brand: 'ClientId' };

/** The agent of the switch with this `Physical_Switch.name`. */
export function switchClientId(switchName: string): ClientId {
  return `sw-${createHash('sha256').update(`l2gw switch ${switchName}`).digest('hex').slice(0, 20)}` as ClientId;
}
