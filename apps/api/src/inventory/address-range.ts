import { isIPv4 } from 'node:net';
import { type IpAddress, parseIp } from '@l2gw/l2';

/** IP addresses as numbers, for what is easier said of numbers: which addresses a subnet has and where they begin and end. */
export interface AddressRange {
  readonly first: bigint;
  readonly last: bigint;
}

export interface Cidr extends AddressRange {
  readonly version: 4 | 6;
  readonly length: number;
  /** Without host bits. */
  readonly text: string;
}

/** Reads `10.0.0.0/24` or `2001:db8::/64`; host bits are dropped. Throws `RangeError`. */
export function parseCidr(text: string): Cidr {
  const [, address = '', digits = ''] = /^([^/\s]+)\/(\d{1,3})$/.exec(text) ?? [];
  const ip = parseIp(address);
  const version = versionOf(ip);
  const bits = version === 4 ? 32 : 128;
  const length = Number(digits);
  if (length > bits) throw new RangeError(`not a prefix of IPv${version}: ${JSON.stringify(text)}`);
  const hosts = 1n << BigInt(bits - length);
  const first = (numberOf(ip) / hosts) * hosts;
  return { version, length, first, last: first + hosts - 1n, text: `${addressOf(first, version)}/${length}` };
}

export function versionOf(ip: IpAddress): 4 | 6 {
  return isIPv4(ip) ? 4 : 6;
}

export function contains(range: AddressRange, ip: IpAddress | bigint): boolean {
  const number = typeof ip === 'bigint' ? ip : numberOf(ip);
  return number >= range.first && number <= range.last;
}

export function numberOf(ip: IpAddress): bigint {
  if (isIPv4(ip)) return ip.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  const [head = '', tail] = ip.split('::');
  const left = groupsOf(head);
  const right = groupsOf(tail ?? '');
  const missing = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => 0n);
  return [...left, ...missing, ...right].reduce((sum, group) => sum * 0x1_0000n + group, 0n);
}

export function addressOf(number: bigint, version: 4 | 6): IpAddress {
  const [parts, bits, radix, separator] = version === 4 ? [4, 8n, 10, '.'] : [8, 16n, 16, ':'];
  const mask = (1n << bits) - 1n;
  const texts = Array.from({ length: parts }, (_, index) =>
    ((number >> (bits * BigInt(parts - 1 - index))) & mask).toString(radix),
  );
  return parseIp(texts.join(separator));
}

function groupsOf(text: string): bigint[] {
  return text === '' ? [] : text.split(':').map((group) => BigInt(`0x${group}`));
}
