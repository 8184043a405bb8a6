/** A device as it is typed: `name=tor1,interface_names=eth1:100,101;eth2`. */
import { UsageError } from '../failures.js';
import { type InterfaceSpec, parseInterfaces } from './interfaces.js';

export interface DeviceSpec {
  readonly name: string;
  /** Absent when none were named at all. */
  readonly interfaces?: readonly InterfaceSpec[];
}

/** A key starts the text or follows a comma; every other comma separates VLANs. */
const KEY = /(?:^|,)\s*(name|interface_names)=/g;

/** Throws `UsageError`. */
export function parseDevice(text: string): DeviceSpec {
  const keys = [...text.matchAll(KEY)];
  const values = new Map<string, string>();
  if (keys[0]?.index !== 0) throw notUnderstood(text);
  for (const [index, match] of keys.entries()) {
    const [head, key = ''] = match;
    if (values.has(key)) throw new UsageError(`a device with two ${key}=: ${text}`);
    values.set(key, unquoted(text.slice(match.index + head.length, keys[index + 1]?.index)));
  }
  const name = values.get('name') ?? '';
  const interfaces = values.get('interface_names');
  if (name === '') throw notUnderstood(text);
  return { name, ...(interfaces === undefined ? {} : { interfaces: parseInterfaces(interfaces) }) };
}

/** The openstack client's manual quotes the interfaces, which a shell within quotes does not take away. */
function unquoted(text: string): string {
  return /^(['"]).*\1$/s.test(text) ? text.slice(1, -1) : text;
}

function notUnderstood(text: string): UsageError {
  return new UsageError(
    `a device is name=SWITCH,interface_names=INTERFACE[:VLAN[,VLAN]][;INTERFACE…], not ${JSON.stringify(text)}`,
  );
}
