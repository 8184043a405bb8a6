import type { IpAddress } from '@l2gw/l2';
import { BlockList, isIPv6 } from 'node:net';

/** A set of IP networks. */
export class Cidrs {
  private readonly list = new BlockList();

  /** `ADDRESS/LENGTH` each; what cannot be read is no network and contains nothing. */
  constructor(texts: Iterable<string>) {
    for (const text of texts) this.add(text);
  }

  contains(ip: IpAddress): boolean {
    return this.list.check(ip, isIPv6(ip) ? 'ipv6' : 'ipv4');
  }

  private add(text: string): void {
    const [address = '', length = ''] = text.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    try {
      this.list.addSubnet(address, Number(length), family);
    } catch {
      return; // the API has checked it; of another version's notation we know nothing
    }
  }
}
