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
    if (!isIPv4(ip)) return this.list.check(ip, 'ipv6');
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

function bitsOf(ip: string): number {
  return ip.split('.').reduce((bits, byte) => (bits << 8) | Number(byte), 0);
}
