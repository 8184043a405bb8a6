import { learnedTable, reportTable, switchClientId } from '@l2gw/contracts';
import { type FactsTransaction, markLogicalSwitch } from '../database/facts.js';
import { detailOf, violates } from '../database/violation.js';
import { conflict } from '../http/neutron-error.js';
import type { Binding } from './bindings.js';
import { lockSwitches, requireRoom } from './switch-room.js';

export interface BoundConnection {
  readonly id: string;
  readonly network_id: string;
}

/** Makes the connection's bindings exactly these. Throws 409 for a VLAN of a port that another connection has. */
export async function replaceBindings(
  tx: FactsTransaction,
  connection: BoundConnection,
  bindings: readonly Binding[],
): Promise<void> {
  const before: { device_name: string }[] = await tx.db.query(
    'SELECT DISTINCT device_name FROM binding WHERE connection_id = $1',
    [connection.id],
  );
  const devices = [...new Set([...before, ...bindings].map((each) => each.device_name))].sort();
  await lockSwitches(tx, devices);
  await tx.db.query('DELETE FROM binding WHERE connection_id = $1', [connection.id]);
  await insertBindings(tx, connection, bindings);
  await requireRoom(
    tx,
    bindings.map((each) => each.device_name),
  );
  tx.mark(...devices.map((device) => markLogicalSwitch(device, connection.network_id)));
  await markBehind(tx, connection.network_id, devices);
}

async function insertBindings(
  tx: FactsTransaction,
  connection: BoundConnection,
  bindings: readonly Binding[],
): Promise<void> {
  try {
    await tx.db.query(
      `INSERT INTO binding (device_name, port_name, vlan, network_id, connection_id)
       SELECT device_name, port_name, vlan, $4::uuid, $5::uuid
       FROM unnest($1::text[], $2::text[], $3::integer[]) AS new (device_name, port_name, vlan)`,
      [
        bindings.map((each) => each.device_name),
        bindings.map((each) => each.port_name),
        bindings.map((each) => each.vlan),
        connection.network_id,
        connection.id,
      ],
    );
  } catch (error) {
    if (!violates(error, 'binding_pkey')) throw error;
    const [, device = '', port = '', vlan = ''] = /=\((.*), (.*), (\d+)\)/.exec(detailOf(error)) ?? [];
    throw conflict(
      'L2GatewayDuplicateSegmentationID',
      `Duplicate segmentation ID for the interface name=${port} device=${device} vlan=${vlan}`,
    );
  }
}

/**
 * A switch that gains or loses a network enters or leaves its flood set and the borders of its remote gateway connections, and what it
 * has learned there begins or ends to count.
 */
async function markBehind(tx: FactsTransaction, networkId: string, devices: readonly string[]): Promise<void> {
  const ids = devices.map(switchClientId);
  await tx.markSelected(
    `SELECT 'network/' || $1::text, 'vtep/' || vtep FROM pushed_row, jsonb_array_elements_text(row -> 'tunnelIps') AS vtep
     WHERE table_name = ANY ($2::text[]) AND key = '${reportTable.switchKey}'
     UNION
     SELECT 'network/' || $1, 'remote/' || id FROM remote_gateway_connection WHERE network_id = $1::text::uuid
     UNION
     SELECT 'network/' || $1, 'mac/' || mac FROM learned_mac WHERE table_name = ANY ($3::text[]) AND logical_switch = $1`,
    [networkId, ids.map(reportTable.table), ids.map(learnedTable.table)],
  );
}
