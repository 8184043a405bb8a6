import { switchClientId } from '@l2gw/contracts';
import type { EntityManager } from 'typeorm';
import { type NeutronError, notFound } from '../http/neutron-error.js';
import type { GatewayDevice } from './gateway.entity.js';

/**
 * Throws 404 for a switch that nobody announced and no agent has spoken for, and for a port that its switch has not reported.
 * A switch that has never reported all of its ports is given the benefit of the doubt.
 */
export async function requirePorts(
  db: EntityManager,
  devices: readonly GatewayDevice[],
  portFault: 'L2GatewayInterfaceNotFound' | 'L2GatewayPhysicalPortNotFound',
): Promise<void> {
  const known: { name: string; ports: string[] | null }[] = await db.query(
    `SELECT switch.name, (
       SELECT array_agg(substr(key, 6)) FROM pushed_table JOIN pushed_row ON table_name = pushed_table.name
       WHERE pushed_table.name = 'report/' || switch.id AND complete AND key LIKE 'port/%') AS ports
     FROM switch WHERE id = ANY ($1)`,
    [devices.map((device) => switchClientId(device.device_name))],
  );
  const portsOf = new Map(known.map((each) => [each.name, each.ports]));
  for (const device of devices) {
    const ports = portsOf.get(device.device_name);
    if (ports === undefined) {
      throw notFound('L2GatewayDeviceNotFound', `L2 Gateway Device ${device.device_name} could not be found.`);
    }
    const missing = ports === null ? undefined : device.interfaces.find((each) => !ports.includes(each.name));
    if (missing !== undefined) throw portNotFound(portFault, device.device_name, missing.name);
  }
}

function portNotFound(type: string, device: string, port: string): NeutronError {
  if (type === 'L2GatewayInterfaceNotFound') return notFound(type, `L2 Gateway interface '${port}' not found.`);
  return notFound(type, `Physical Port '${port}' in Physical switch '${device}' could not be found`);
}
