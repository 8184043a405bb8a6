import { type LearnedMac, learnedTable } from '@l2gw/contracts';
import { isStation, type MacAddress, parseIp, parseMac, parseVtepIp } from '@l2gw/l2';
import type { LocalMacRow } from '../switch/switch-contents.js';

export interface LearnedRow {
  readonly key: string;
  readonly row: LearnedMac;
}

/** A row of Ucast_Macs_Local as it is told to the API; `foreign` if its logical switch is not ours, `invalid` if it is no station's. */
export function readLearned({ id, network, text, vtep, ip }: LocalMacRow): LearnedRow | 'foreign' | 'invalid' {
  if (network === undefined) return 'foreign';
  const mac = readStation(text);
  if (mac === undefined) return 'invalid';
  const place = parsed(vtep, parseVtepIp);
  const address = parsed(ip, parseIp);
  const row = { logicalSwitch: network, mac, ...(place && { vtep: place }), ...(address && { ip: address }) };
  return { key: learnedTable.key(network, mac, id), row };
}

function readStation(text: string): MacAddress | undefined {
  const mac = parsed(text, parseMac);
  return mac !== undefined && isStation(mac) ? mac : undefined;
}

/** What the switch wrote, if it means something; its database takes any text. */
function parsed<Value>(text: string | undefined, parse: (text: string) => Value): Value | undefined {
  if (text === undefined || text === '') return undefined;
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
