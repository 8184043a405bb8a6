/** A VXLAN network identifier, 24 bits (RFC 7348 §5); 0 is not used. */
export type Vni = number & { readonly __brand: 'Vni' };

export const MAX_VNI = 0xff_ff_ff;

/** Throws `RangeError` unless 1 … 16777215. */
export function parseVni(value: number): Vni {
  if (!Number.isInteger(value) || value < 1 || value > MAX_VNI) throw new RangeError(`not a VNI: ${value}`);
  return value as Vni;
}
