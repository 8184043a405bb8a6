import { type IpAddress, type MacAddress, isStation, parseIp, parseMac } from '@l2gw/l2';
import { type ItemFault, badRequest, refusedItems, spelled } from '../http/neutron-error.js';

/** A host of another cloud, as a request states it. */
export interface WantedMac {
  readonly mac: MacAddress;
  /** For ARP suppression; empty: not known. */
  readonly ipaddr: IpAddress | '';
  /** Id of the remote gateway connection behind which it is. */
  readonly connection: string;
  /** The connection's project if absent. */
  readonly project_id?: string;
}

export interface WantedMacs {
  readonly macs: readonly WantedMac[];
  readonly isBulk: boolean;
}

/** More in one request are refused. */
export const MOST_MACS = 10_000;

const SINGLE = ['l2_remote_mac', 'remote-mac', 'remote_mac'];
const SEVERAL = ['l2_remote_macs', 'remote-macs', 'remote_macs'];
const CONNECTION = ['rgw_connection', 'remote_gateway_connection_id', 'remote_connection'];
const IP = ['ipaddr', 'ip_addr', 'ip_address', 'ip'];
const KNOWN = new Set(['mac', 'tenant_id', 'project_id', ...CONNECTION, ...IP]);

/**
 * Reads the body of `POST /v2.0/l2-remote-macs`, for one or up to 10,000; by hand, because class-validator takes 45 times as long.
 * The query may name the connection for all of them. Throws `NeutronError` 400 that says of each item what is wrong with it.
 */
export function readRemoteMacs(body: unknown, query: URLSearchParams): WantedMacs {
  const { items, isBulk } = unwrap(body);
  const common = CONNECTION.flatMap((name) => query.getAll(name))[0];
  const macs: WantedMac[] = [];
  const faults: ItemFault[] = [];
  items.forEach((item, index) => {
    const read = readOne(item, common);
    if (typeof read === 'string') faults.push({ index, message: read });
    else macs.push(read);
  });
  if (faults.length === 0) return { macs, isBulk };
  throw isBulk ? refusedItems(400, 'HTTPBadRequest', faults, items.length) : badRequest(faults[0]?.message ?? '');
}

function unwrap(body: unknown): { readonly items: readonly unknown[]; readonly isBulk: boolean } {
  if (typeof body !== 'object' || body === null || Object.keys(body).length === 0)
    throw badRequest('Resource body required');
  const [name = ''] = Object.keys(body);
  const content: unknown = Reflect.get(body, name);
  if (SINGLE.includes(name)) return { items: [content], isBulk: false };
  if (!SEVERAL.includes(name)) throw badRequest("Unable to find 'l2_remote_mac' in request body");
  if (!Array.isArray(content) || content.length === 0) throw badRequest('Resources required');
  if (content.length > MOST_MACS) {
    throw badRequest(
      `${content.length} remote MACs are more than the ${MOST_MACS} of one request: send them in several.`,
    );
  }
  return { items: content as readonly unknown[], isBulk: true };
}

/** The MAC, or what is wrong with it. */
function readOne(item: unknown, common: string | undefined): WantedMac | string {
  if (typeof item !== 'object' || item === null || Array.isArray(item))
    return `'${spelled(item)}' is not a dictionary.`;
  const attributes = item as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(attributes).filter((name) => !KNOWN.has(name));
  if (unknown.length > 0) return `Unrecognized attribute(s) '${unknown.sort().join(', ')}'`;
  const connection = first(attributes, CONNECTION) ?? common;
  if (typeof connection !== 'string' || connection === '') {
    return "Failed to parse request. Required attribute 'rgw_connection' not specified";
  }
  const project = attributes['project_id'] ?? attributes['tenant_id'];
  if (project !== undefined && typeof project !== 'string') return `'${spelled(project)}' is not a valid string.`;
  const address = readAddress(attributes['mac'], first(attributes, IP));
  if (typeof address === 'string') return address;
  return { ...address, connection, ...(project === undefined ? {} : { project_id: project }) };
}

/** The specification's tuple `MAC;IP` is understood, too. */
function readAddress(mac: unknown, ip: unknown): Pick<WantedMac, 'mac' | 'ipaddr'> | string {
  if (typeof mac !== 'string') {
    return mac === undefined
      ? "Failed to parse request. Required attribute 'mac' not specified"
      : `Invalid input for mac. Reason: '${spelled(mac)}' is not a valid MAC address.`;
  }
  const [macText = '', tupleIp] = mac.split(';');
  const ipText = ip ?? tupleIp ?? '';
  if (typeof ipText !== 'string')
    return `Invalid input for ipaddr. Reason: '${spelled(ipText)}' is not a valid IP address.`;
  const parsedMac = attempt(parseMac, macText.trim());
  if (parsedMac === undefined) return `Invalid input for mac. Reason: '${mac}' is not a valid MAC address.`;
  if (!isStation(parsedMac)) return `Invalid input for mac. Reason: '${mac}' is not the MAC address of a host.`;
  const parsedIp = ipText.trim() === '' ? '' : attempt(parseIp, ipText.trim());
  if (parsedIp === undefined) return `Invalid input for ipaddr. Reason: '${ipText}' is not a valid IP address.`;
  return { mac: parsedMac, ipaddr: parsedIp };
}

function first(attributes: Readonly<Record<string, unknown>>, names: readonly string[]): unknown {
  for (const name of names) if (attributes[name] !== undefined && attributes[name] !== null) return attributes[name];
  return undefined;
}

function attempt<Value>(parse: (text: string) => Value, text: string): Value | undefined {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
