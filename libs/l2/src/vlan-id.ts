/** A VLAN on a switch port, 0 … 4094; 0 stands for untagged traffic (vtep(5), Physical_Port.vlan_bindings). */
export type VlanId = number & { readonly __brand: 'VlanId' };

export const MAX_VLAN = 4094;

/** Throws `RangeError` unless 0 … 4094 (4095 is reserved, IEEE 802.1Q). */
export function parseVlan(value: number): VlanId {
  if (!Number.isInteger(value) || value < 0 || value > MAX_VLAN) throw new RangeError(`not a VLAN: ${value}`);
  return value as VlanId;
}
