/** Interfaces of a device as they are typed: `eth1:100,101;eth2`, or as the openstack client has it, `eth1|100#101;eth2`. */
import { type VlanId, parseVlan } from '@l2gw/l2';
import { UsageError } from '../failures.js';

export interface InterfaceSpec {
  readonly name: string;
  /** Empty: the connection's default applies. */
  readonly vlans: readonly VlanId[];
}

/** Throws `UsageError`. */
export function parseInterfaces(text: string): readonly InterfaceSpec[] {
  return text.split(';').map(parseInterface);
}

/** As the API takes it: VLANs as texts, and no attribute at all without any. */
export function interfaceBody({ name, vlans }: InterfaceSpec): Readonly<Record<string, unknown>> {
  return { name, ...(vlans.length === 0 ? {} : { segmentation_id: vlans.map(String) }) };
}

/** With `|` the name itself may have colons. */
function parseInterface(text: string): InterfaceSpec {
  const separator = text.includes('|') ? text.indexOf('|') : text.lastIndexOf(':');
  const name = (separator < 0 ? text : text.slice(0, separator)).trim();
  if (name === '') throw new UsageError(`an interface without a name: ${JSON.stringify(text)}`);
  return { name, vlans: separator < 0 ? [] : parseVlans(text.slice(separator + 1), name) };
}

function parseVlans(text: string, interfaceName: string): readonly VlanId[] {
  return text.split(/[,#]/).map((word) => {
    try {
      return parseVlan(/^\d+$/.test(word.trim()) ? Number(word) : NaN);
    } catch {
      throw new UsageError(`interface ${interfaceName}: ${JSON.stringify(word)} is not a VLAN from 0 to 4094`);
    }
  });
}
