import type { Operation, WireAtom, WireRow } from '@l2gw/ovsdb';
import { deleteRows, insert, rowIs, update } from '@l2gw/ovsdb';
import type { MacChange, RemoteMac } from './network-change.js';
import type { Transaction } from './transaction.js';

const TABLE = 'Ucast_Macs_Remote';

/** One MAC is one operation; rows that exist are named by `_uuid`, for anything else makes the server read the whole table. */
export function macOperation(transaction: Transaction, logicalSwitch: WireAtom, change: MacChange): Operation {
  switch (change.kind) {
    case 'add':
      return insert(TABLE, newRow(transaction, change.entry, logicalSwitch));
    case 'move':
      return update(TABLE, rowIs(change.id), columnsOf(transaction, change.entry));
    case 'remove':
      return deleteRows(TABLE, rowIs(change.id));
  }
}

/** Written out, because a spread of the columns takes as long as everything else that is done with the MAC. */
function newRow(transaction: Transaction, { mac, locator, ip }: RemoteMac, logicalSwitch: WireAtom): WireRow {
  return { MAC: mac, locator: transaction.locator(locator), ipaddr: ip, logical_switch: logicalSwitch };
}

function columnsOf(transaction: Transaction, { mac, locator, ip }: RemoteMac): WireRow {
  return { MAC: mac, locator: transaction.locator(locator), ipaddr: ip };
}
