import type { IpAddress } from '@l2gw/l2';
import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** A network's number and mask, as 32 bits each. */
interface Block {
  readonly network: number;
  readonly mask: number;
}

/** A set of IP networks. */
export class Cidrs {
  /** Compared as numbers: every IP of every row is looked up, and a `BlockList` makes an object for each. */
  private readonly blocks: Block[] = [];
  private readonly list = new BlockList();

  /** `ADDRESS/LENGTH` each; what cannot be read is no network and contains nothing. */
  constructor(texts: Iterable<string>) {
    for (const text of texts) this.add(text);
  }

  contains(ip: IpAddress): boolean {
    if (ip.includes(':')) return this.list.check(ip, 'ipv6');
    const number = bitsOf(ip);
    return this.blocks.some(({ network, mask }) => (number & mask) === network);
  }

  private add(text: string): void {
    const [address = '', length = ''] = text.split('/');
    if (isIPv4(address)) return this.addV4(address, Number(length));
    if (!isIPv6(address)) return;
    try {
      this.list.addSubnet(address, Number(length), 'ipv6');
    } catch {
      return; // the API has checked it; of another version's notation we know nothing
    }
  }

  private addV4(address: string, length: number): void {
    if (!Number.isInteger(length) || length < 0 || length > 32) return;
    const mask = length === 0 ? 0 : -1 << (32 - length);
    this.blocks.push({ network: bitsOf(address) & mask, mask });
  }
}

/** Of an IPv4 address in canonical form; read digit by digit, because a list of its parts would take longer than all else. */
function bitsOf(ip: string): number {
  let [bits, byte] = [0, 0];
  for (let at = 0; at < ip.length; at += 1) {
    const digit = ip.charCodeAt(at) - ZERO;
    if (digit < 0) bits = (bits << 8) | byte;
    byte = digit < 0 ? 0 : byte * 10 + digit;
  }
  return (bits << 8) | byte;
}

const ZERO = '0'.charCodeAt(0);
