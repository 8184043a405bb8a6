/** What `l2-gateway-update` does to the devices of a gateway, from its options in the order in which they were typed. */
import { UsageError } from '../failures.js';
import { type DeviceSpec, parseDevice } from './device.js';
import { type InterfaceSpec, interfaceBody, parseInterfaces } from './interfaces.js';

export interface DeviceWord {
  readonly option: 'device' | 'add' | 'remove';
  readonly text: string;
}

export interface DeviceChange {
  /** Absent: the only device that the gateway has. */
  readonly device?: string;
  /** All the interfaces that it is to have; or else those it gains and loses. */
  readonly interfaces?: readonly InterfaceSpec[];
  readonly added: readonly InterfaceSpec[];
  readonly removed: readonly string[];
}

/** Additions and removals belong to the device before them. Throws `UsageError`. */
export function readDeviceChanges(words: readonly DeviceWord[]): readonly DeviceChange[] {
  const changes: DeviceChange[] = [];
  for (const word of inOrder(words)) {
    if (word.option === 'device') changes.push(changeOf(parseDevice(word.text)));
    else changes.push(extended(changes.pop() ?? { added: [], removed: [] }, word));
  }
  for (const change of changes) requireSense(change);
  const twice = changes.find(({ device }, index) => changes.findIndex((each) => each.device === device) !== index);
  if (twice !== undefined) throw new UsageError(`device ${twice.device} is named twice`);
  return changes;
}

/** As the API takes it. */
export function changeBody(change: DeviceChange, device: string): Readonly<Record<string, unknown>> {
  const { interfaces, added, removed } = change;
  return {
    device_name: device,
    ...(interfaces === undefined ? {} : { interfaces: interfaces.map(interfaceBody) }),
    ...(added.length === 0 ? {} : { new_interfaces: added.map(interfaceBody) }),
    ...(removed.length === 0 ? {} : { deleted_interfaces: removed.map((name) => ({ name })) }),
  };
}

/** With one device only it does not matter where it stands. */
function inOrder(words: readonly DeviceWord[]): readonly DeviceWord[] {
  const devices = words.filter(({ option }) => option === 'device');
  if (devices.length === 1) return [...devices, ...words.filter(({ option }) => option !== 'device')];
  if (devices.length > 1 && words[0]?.option !== 'device') {
    throw new UsageError('an interface is added or removed before it is said of which --device');
  }
  return words;
}

function changeOf({ name, interfaces }: DeviceSpec): DeviceChange {
  return { device: name, ...(interfaces === undefined ? {} : { interfaces }), added: [], removed: [] };
}

function extended(change: DeviceChange, { option, text }: DeviceWord): DeviceChange {
  if (option === 'add') return { ...change, added: [...change.added, ...parseInterfaces(text)] };
  const names = text.split(';').map((name) => name.trim());
  if (names.includes('')) throw new UsageError(`an interface without a name: ${JSON.stringify(text)}`);
  return { ...change, removed: [...change.removed, ...names] };
}

function requireSense({ device, interfaces, added, removed }: DeviceChange): void {
  const edits = added.length + removed.length;
  if (interfaces === undefined && edits === 0) {
    throw new UsageError(`nothing to change on ${device}: give interface_names, --add-interface or --remove-interface`);
  }
  if (interfaces !== undefined && edits > 0) {
    throw new UsageError(`${device}: interface_names replaces all interfaces, so none can be added or removed besides`);
  }
}
