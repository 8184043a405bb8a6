import { invalidInput } from '../http/neutron-error.js';
import type { GatewayDevice } from './gateway.entity.js';

/** Frames of this VLAN on this port of this switch belong to the connected network. */
export interface Binding {
  readonly device_name: string;
  readonly port_name: string;
  readonly vlan: number;
}

/**
 * What connecting a network to the gateway binds: each interface's own VLANs, or the connection's default where it names none.
 * Throws 400 for a default that no interface needs, and for one that is missing.
 */
export function bindingsOf(devices: readonly GatewayDevice[], defaultVlan: number | undefined): readonly Binding[] {
  const interfaces = devices.flatMap((device) => device.interfaces);
  const silent = interfaces.filter((each) => each.vlans.length === 0);
  if (silent.length === 0 && defaultVlan !== undefined) {
    throw invalidInput(
      'default segmentation_id should not be provided when segmentation_id is assigned during l2gateway creation.',
    );
  }
  if (silent.length > 0 && defaultVlan === undefined) {
    throw invalidInput('Segmentation id must be specified in create l2gateway connections.');
  }
  const bindings = devices.flatMap(({ device_name, interfaces: ports }) =>
    ports.flatMap(({ name, vlans }) =>
      (vlans.length > 0 || defaultVlan === undefined ? vlans : [defaultVlan]).map((vlan) => ({
        device_name,
        port_name: name,
        vlan,
      })),
    ),
  );
  return [...new Map(bindings.map((each) => [JSON.stringify(each), each])).values()];
}
