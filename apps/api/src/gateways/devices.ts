import { MAX_VLAN } from '@l2gw/l2';
import { conflict, invalidAttribute, invalidInput } from '../http/neutron-error.js';
import { UNSTORABLE, toInteger } from '../http/attributes.js';
import type { GatewayInterface } from './gateway.entity.js';

/** A device as a body names it. */
export interface WantedDevice {
  readonly device_name: string;
  readonly interfaces: readonly GatewayInterface[];
}

/** Reads `devices` of a gateway body. Throws `NeutronError` with the reference's text for each fault, the first one found. */
export function devicesOf(value: unknown): readonly WantedDevice[] {
  return listOfDevices(value).map((device) => {
    const interfaces = interfacesOf(device['interfaces']);
    return { device_name: deviceNameOf(device), interfaces };
  });
}

/** The dictionaries of a device list, whose interfaces have not been looked at. */
export function listOfDevices(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (value === null || (Array.isArray(value) && value.length === 0)) {
    throw invalidAttribute('devices', 'Cannot create a gateway with an empty device list.');
  }
  if (!Array.isArray(value) || !value.every(isDictionary)) {
    throw invalidAttribute('devices', 'devices format is not a type list of dicts.');
  }
  return value;
}

export function deviceNameOf(device: Readonly<Record<string, unknown>>): string {
  const name = device['device_name'];
  if (name === undefined || name === null || name === '') {
    throw invalidAttribute('devices', 'Cannot create a gateway with an empty device_name.');
  }
  if (typeof name !== 'string' || name.length > 255 || UNSTORABLE.test(name))
    throw invalidAttribute('devices', 'device_name is not a string of at most 255 characters.');
  return name;
}

export function interfacesOf(value: unknown): readonly GatewayInterface[] {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) {
    throw invalidAttribute('devices', 'Cannot create a gateway with an empty interfaces.');
  }
  if (!Array.isArray(value)) throw invalidAttribute('devices', 'interfaces format is not a type list of dicts.');
  const interfaces = value.map(interfaceOf);
  const silent = interfaces.filter((each) => each.vlans.length === 0);
  if (silent.length > 0 && silent.length < interfaces.length) throw vlansNotConsistent();
  return interfaces;
}

export function interfaceNameOf(value: unknown): string {
  if (!isDictionary(value)) throw invalidAttribute('devices', 'interfaces format is not a type dict.');
  const name = value['name'];
  if (name === undefined || name === null || name === '') {
    throw invalidAttribute('devices', 'Cannot create a gateway with an empty interface name.');
  }
  if (String(name).length > 255 || typeof name === 'object' || UNSTORABLE.test(String(name)))
    throw invalidAttribute('devices', 'an interface name is not a string of at most 255 characters.');
  return String(name);
}

export const vlansNotConsistent = (): Error =>
  conflict('L2GatewaySegmentationRequired', 'L2 gateway segmentation id must be consistent for all the interfaces');

function interfaceOf(value: unknown): GatewayInterface {
  const name = interfaceNameOf(value);
  const dictionary: Readonly<Record<string, unknown>> = isDictionary(value) ? value : {};
  const vlans = 'segmentation_id' in dictionary ? dictionary['segmentation_id'] : dictionary['segmentation-id'];
  return { name, vlans: vlans === undefined ? [] : vlansOf(vlans) };
}

function vlansOf(value: unknown): readonly number[] {
  if (value === null || (Array.isArray(value) && value.length === 0)) {
    throw invalidAttribute('devices', 'segmentation_id_list should not be empty.');
  }
  if (!Array.isArray(value)) throw invalidAttribute('devices', 'segmentation_id type should be of list type .');
  return [...new Set(value.map(vlanOf))];
}

/** Reads one segmentation id, number or text. Throws with the reference's text. */
export function vlanOf(value: unknown): number {
  if (value === null) throw invalidAttribute('devices', 'validate_gwdevice_list: provided data are not iterable.');
  const vlan = toInteger(value);
  if (Number.isNaN(vlan)) throw invalidInput('Segmentation id must be a valid integer.');
  if (vlan < 0 || vlan > MAX_VLAN) throw invalidInput('Segmentation id is out of range.');
  return vlan;
}

function isDictionary(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
