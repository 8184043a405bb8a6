/** A unicast or multicast Ethernet address in canonical form: lower case, colon separated. */
export type MacAddress = string & { readonly __brand: 'MacAddress' };

const CANONICAL = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/;

/** Reads any spelling a switch or an operator may use (`AA-BB-…`, `aabb.ccdd.eeff`). Throws `RangeError`. */
export function parseMac(text: string): MacAddress {
  const lower = text.toLowerCase();
  if (CANONICAL.test(lower)) return lower as MacAddress;
  const digits = lower.replace(/[:.-]/g, '');
  const mac = digits.length === 12 ? (digits.match(/../g) ?? []).join(':') : '';
  if (!CANONICAL.test(mac)) throw new RangeError(`not a MAC address: ${JSON.stringify(text)}`);
  return mac as MacAddress;
}

/** True for an address that one station can have: neither multicast (IEEE 802 I/G bit) nor all zeros. */
export function isStation(mac: MacAddress): boolean {
  return (parseInt(mac.slice(0, 2), 16) & 1) === 0 && mac !== '00:00:00:00:00:00';
}
