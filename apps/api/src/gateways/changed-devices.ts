import { conflict, invalidAttribute, notFound } from '../http/neutron-error.js';
import { deviceNameOf, interfaceNameOf, interfacesOf, listOfDevices, vlansNotConsistent } from './devices.js';
import type { GatewayDevice, GatewayInterface } from './gateway.entity.js';

/**
 * The devices of a gateway after an update. A device that is named with `interfaces` gets exactly these; one that is named with
 * `new_interfaces` and `deleted_interfaces`, in one entry or several, gains and loses some; one that is not named stays.
 * Throws `NeutronError`.
 */
export function changedDevices(before: readonly GatewayDevice[], wanted: unknown): readonly GatewayDevice[] {
  const changes = changesIn(wanted);
  const missing = [...changes.keys()].find((name) => !before.some((device) => device.device_name === name));
  if (missing !== undefined)
    throw notFound('L2GatewayDeviceNotFound', `L2 Gateway Device ${missing} could not be found.`);
  return before.map((device) => {
    const change = changes.get(device.device_name);
    return change === undefined ? device : { ...device, interfaces: interfacesAfter(device.interfaces, change) };
  });
}

type Change = Readonly<Record<string, unknown>>;

/** What the entries say, by device. In the specification's example `deleted_interfaces` stands beside its device, not in it. */
function changesIn(wanted: unknown): ReadonlyMap<string, Change> {
  const changes = new Map<string, Change>();
  let latest: string | undefined;
  for (const entry of listOfDevices(wanted)) {
    latest = isDelta(entry) && !('device_name' in entry) && latest !== undefined ? latest : deviceNameOf(entry);
    changes.set(latest, together(changes.get(latest), entry));
  }
  return changes;
}

function isDelta(change: Change): boolean {
  return 'new_interfaces' in change || 'deleted_interfaces' in change;
}

/** Two deltas of a device add up; of anything else the later counts. */
function together(before: Change | undefined, entry: Change): Change {
  if (before === undefined || !isDelta(before) || !isDelta(entry)) return entry;
  const joined = ['new_interfaces', 'deleted_interfaces'].flatMap((name) => {
    const lists = [before[name], entry[name]].filter((list) => list !== undefined);
    const faulty = lists.find((list) => !Array.isArray(list));
    return lists.length === 0 ? [] : [[name, faulty === undefined ? lists.flat() : faulty]];
  });
  return Object.fromEntries(joined) as Change;
}

function interfacesAfter(before: readonly GatewayInterface[], change: Change): readonly GatewayInterface[] {
  const after = isDelta(change) ? applyDelta(before, change) : interfacesOf(change['interfaces']);
  const silent = (interfaces: readonly GatewayInterface[]) => interfaces.every((each) => each.vlans.length === 0);
  if (!silent(before) && silent(after)) {
    throw conflict(
      'L2GatewaySegmentationIDExists',
      'The segmentation id is already specified in existing gateway interfaces.',
    );
  }
  if (silent(before) && !silent(after)) {
    throw conflict(
      'L2GatewaySegmentationIDNotExists',
      'The segmentation id is not specified in existing gateway interfaces.',
    );
  }
  if (after.some((each) => each.vlans.length === 0) && !silent(after)) throw vlansNotConsistent();
  return after;
}

function applyDelta(before: readonly GatewayInterface[], change: Change): readonly GatewayInterface[] {
  const removals = change['deleted_interfaces'] ?? [];
  if (!Array.isArray(removals)) throw invalidAttribute('devices', 'deleted_interfaces is not a list of dicts.');
  const removed = removals.map(interfaceNameOf);
  const unknown = removed.find((name) => !before.some((each) => each.name === name));
  if (unknown !== undefined)
    throw notFound('L2GatewayInterfaceNotFound', `L2 Gateway interface '${unknown}' not found.`);
  const added = change['new_interfaces'] === undefined ? [] : interfacesOf(change['new_interfaces']);
  const kept = before.filter(
    (each) => !removed.includes(each.name) && !added.some((other) => other.name === each.name),
  );
  return interfacesNotEmpty([...kept, ...added]);
}

/** A gateway's device keeps at least one interface. */
function interfacesNotEmpty(interfaces: readonly GatewayInterface[]): readonly GatewayInterface[] {
  return interfaces.length > 0 ? interfaces : interfacesOf([]);
}
