/** A remote host's MAC with its IP, if it is known: `00:11:22:33:44:55;192.0.2.1`. */
import { type IpAddress, type MacAddress, isStation, parseIp, parseMac } from '@l2gw/l2';

export interface RemoteMac {
  readonly mac: MacAddress;
  readonly ip?: IpAddress;
}

/** A comma does as well as the specification's semicolon, and needs no quotes in a shell. Throws `RangeError`. */
export function parseMacTuple(text: string): RemoteMac {
  const [mac = '', ip, ...others] = text.split(/[;,]/);
  if (others.length > 0) throw new RangeError(`not MAC[;IP]: ${JSON.stringify(text)}`);
  return remoteMac(mac, ip);
}

/** An empty IP is none. Throws `RangeError`. */
export function remoteMac(macText: string, ipText = ''): RemoteMac {
  const mac = parseMac(macText.trim());
  if (!isStation(mac)) throw new RangeError(`not the MAC address of a host: ${mac}`);
  return { mac, ...(ipText.trim() === '' ? {} : { ip: parseIp(ipText.trim()) }) };
}

/** As the API takes it. */
export function remoteMacBody({ mac, ip }: RemoteMac): Readonly<Record<string, unknown>> {
  return { mac, ...(ip === undefined ? {} : { ipaddr: ip }) };
}
