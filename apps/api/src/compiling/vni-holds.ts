import { switchTable, type ClientId } from '@l2gw/contracts';
import type { RevisedOp, TableDelta } from '@l2gw/tables';
import type { CompilerConnection } from './compiler-connection.js';

const PREFIX = switchTable.table('' as ClientId);

/**
 * Remembers which VNIs the switches are told of. One that a switch is told to forget is held until the switch's agent has confirmed that
 * it is gone, because a VNI that is given to another network while some switch still forwards with it joins two tenants. A switch that
 * no agent has ever opened a session for cannot have any.
 */
export async function holdVnis(db: CompilerConnection, deltas: readonly TableDelta[]): Promise<void> {
  const ops = deltas
    .filter(({ table }) => table.startsWith(PREFIX))
    .flatMap(({ table, ops }) => ops.map((op) => ({ switchId: table.slice(PREFIX.length), ...op })));
  const told = ops.flatMap((op) => vniOf(op).map((vni) => ({ ...op, vni })));
  const gone = ops.filter((op) => op.row === undefined);
  if (told.length > 0) await hold(db, told);
  if (gone.length > 0) await letGo(db, gone);
}

type SwitchOp = RevisedOp & { readonly switchId: string };

async function hold(db: CompilerConnection, told: readonly (SwitchOp & { readonly vni: number })[]): Promise<void> {
  await db.query(
    `INSERT INTO vni_hold (switch_id, network_id, vni)
     SELECT switch.id, network, vni FROM unnest($1::text[], $2::uuid[], $3::integer[]) AS told (switch_id, network, vni)
     JOIN switch ON switch.id = switch_id
     ON CONFLICT (switch_id, network_id, vni) DO UPDATE SET gone_revision = NULL`,
    [told.map((op) => op.switchId), told.map((op) => op.key), told.map((op) => op.vni)],
  );
}

async function letGo(db: CompilerConnection, gone: readonly SwitchOp[]): Promise<void> {
  const [switches, networks] = [gone.map((op) => op.switchId), gone.map((op) => op.key)];
  await db.query(
    `DELETE FROM vni_hold USING unnest($1::text[], $2::uuid[]) AS gone (switch_id, network), switch
     WHERE vni_hold.switch_id = gone.switch_id AND network_id = network AND switch.id = gone.switch_id AND epoch = 0`,
    [switches, networks],
  );
  await db.query(
    `UPDATE vni_hold SET gone_revision = revision FROM unnest($1::text[], $2::uuid[], $3::bigint[]) AS gone (switch_id, network, revision)
     WHERE vni_hold.switch_id = gone.switch_id AND network_id = network`,
    [switches, networks, gone.map((op) => op.revision)],
  );
}

function vniOf({ row }: RevisedOp): readonly number[] {
  return row !== undefined && 'vni' in row && typeof row.vni === 'number' ? [row.vni] : [];
}
