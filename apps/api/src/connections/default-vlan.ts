import { vlanOf } from '../gateways/devices.js';
import { invalidAttribute, spelled } from '../http/neutron-error.js';

/** The connection's default VLAN; absent if the body names none. Throws `NeutronError` 400. */
export function defaultVlanOf(value: unknown): number | undefined {
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw invalidAttribute('segmentation_id', `'${spelled(value)}' is not a valid string.`);
  }
  return vlanOf(value);
}
