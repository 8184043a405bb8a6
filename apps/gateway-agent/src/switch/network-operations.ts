import type { Mutation, Operation, WireAtom, WireRow, WireValue } from '@l2gw/ovsdb';
import {
  deleteRows,
  equals,
  expectRows,
  includes,
  insert,
  mapOf,
  mutate,
  namedUuid,
  rowIs,
  setOf,
  update,
  uuid,
} from '@l2gw/ovsdb';
import { macOperation } from './mac-operations.js';
import type { FloodChange, LogicalSwitchContent, NetworkChange, TearDown } from './network-change.js';
import type { Place, RowId } from './switch-contents.js';
import type { Transaction } from './transaction.js';

const LOGICAL_SWITCH = 'logical_switch';

/** Writes the change of a network as operations: everything in one transaction, so that no switch ever sees half of it. */
export function addNetworkChange(transaction: Transaction, change: NetworkChange): void {
  const target = addLogicalSwitch(transaction, change);
  addFlood(transaction, target, change.flood);
  for (const mac of change.macs) transaction.add(macOperation(transaction, target, mac));
  transaction.add(...unbinding(target, change.unbind));
  for (const { port, vlans } of change.bind) {
    transaction.add(...binding(target, port.id, vlans));
  }
}

/** What a switch goes on learning meanwhile is deleted in the same commit; a later insert of its fails for want of the logical switch. */
export function addTearDown(transaction: Transaction, { id, places }: TearDown, dependents: readonly string[]): void {
  transaction.add(...unbinding(uuid(id), places));
  for (const table of dependents) transaction.add(deleteRows(table, [equals('logical_switch', uuid(id))]));
  transaction.add(deleteRows('Logical_Switch', rowIs(id)));
}

/** A pair is only removed if the VLAN still leads to this logical switch. */
function unbinding(target: WireAtom, places: readonly Place[]): readonly Operation[] {
  const ports = [...new Set(places.map((each) => each.port))];
  return ports.map((port) => {
    const vlans = places.filter((each) => each.port === port).map((each) => each.vlan);
    const pairs = vlans.map((vlan): readonly [WireAtom, WireAtom] => [vlan, target]);
    const removal: Mutation = ['vlan_bindings', 'delete', mapOf(pairs)];
    return mutate('Physical_Port', rowIs(port), [removal]);
  });
}

/**
 * Inserting a VLAN that somebody else has bound meanwhile changes nothing and is still called a success, so the transaction fails
 * unless the port has our pairs after it. To expect all pairs of the port as they were would cost thousands for each that is added.
 */
function binding(target: WireAtom, port: RowId, vlans: readonly number[]): readonly Operation[] {
  const pairs = mapOf(vlans.map((vlan): readonly [WireAtom, WireAtom] => [vlan, target]));
  const where = [...rowIs(port), includes('vlan_bindings', pairs)];
  return [
    mutate('Physical_Port', rowIs(port), [['vlan_bindings', 'insert', pairs]]),
    expectRows('Physical_Port', where, ['_uuid'], [{ _uuid: uuid(port) }]),
  ];
}

function addLogicalSwitch(transaction: Transaction, { logicalSwitch }: NetworkChange): WireAtom {
  switch (logicalSwitch.kind) {
    case 'keep':
      return uuid(logicalSwitch.id);
    case 'update':
      if (logicalSwitch.adopts !== undefined) transaction.add(stillAs(logicalSwitch.id, logicalSwitch.adopts));
      transaction.add(update('Logical_Switch', rowIs(logicalSwitch.id), columnsOf(logicalSwitch.content)));
      return uuid(logicalSwitch.id);
    case 'insert':
      transaction.add(insert('Logical_Switch', columnsOf(logicalSwitch.content), { name: LOGICAL_SWITCH }));
      return namedUuid(LOGICAL_SWITCH);
  }
}

function columnsOf({ name, description, vni, replication, config }: Partial<LogicalSwitchContent>): WireRow {
  const columns: Record<string, WireValue> = {};
  if (name !== undefined) columns['name'] = name;
  if (description !== undefined) columns['description'] = description;
  if (vni !== undefined) columns['tunnel_key'] = vni;
  if (replication !== undefined) columns['replication_mode'] = replication;
  if (config !== undefined) columns['other_config'] = mapOf(config);
  return columns;
}

/** The locators of a set cannot be changed (vtep(5)), so a changed flood set is another row of Physical_Locator_Set. */
function addFlood(transaction: Transaction, target: WireAtom, { remove, write }: FloodChange): void {
  for (const id of remove) transaction.add(deleteRows('Mcast_Macs_Remote', rowIs(id)));
  if (write === undefined) return;
  const locators = setOf(write.locators.map((locator) => transaction.locator(locator)));
  transaction.add(insert('Physical_Locator_Set', { locators }, { name: 'flood_set' }));
  const row: WireRow = { MAC: 'unknown-dst', logical_switch: target, locator_set: namedUuid('flood_set') };
  if (write.row === undefined) transaction.add(insert('Mcast_Macs_Remote', row));
  else transaction.add(update('Mcast_Macs_Remote', rowIs(write.row), row));
}

function stillAs(id: RowId, { name, vni }: { readonly name: string; readonly vni: number }): Operation {
  return expectRows('Logical_Switch', rowIs(id), ['name', 'tunnel_key'], [{ name, tunnel_key: vni }]);
}
