import type { RowChange } from '@l2gw/ovsdb';
import { BindingIndex } from './binding-index.js';
import { ChangeNotes } from './change-notes.js';
import { LocatorIndex } from './locator-index.js';
import { LogicalSwitchIndex } from './logical-switch-index.js';
import { MacIndex } from './mac-index.js';
import { RowsByLogicalSwitch } from './rows-by-logical-switch.js';
import type { SwitchChange } from './switch-change.js';

/** Finds rows of the replica by what they are about; kept current by the replica's changes, so that one MAC costs one look-up. */
export class VtepIndex {
  readonly logicalSwitches = new LogicalSwitchIndex();
  readonly bindings = new BindingIndex();
  readonly remoteMacs = new MacIndex();
  readonly floods = new RowsByLogicalSwitch();
  readonly locators = new LocatorIndex();

  /** Answers what the changes mean. Logical switches come first, because they tell whose the other rows are. */
  take(changes: readonly RowChange[]): SwitchChange {
    const notes = new ChangeNotes(this.logicalSwitches);
    for (const change of changes) if (change.table === 'Logical_Switch') notes.logicalSwitch(change);
    for (const change of changes) this.takeRow(change, notes);
    return notes;
  }

  private takeRow(change: RowChange, notes: ChangeNotes): void {
    switch (change.table) {
      case 'Physical_Port':
        return notes.port(change, this.bindings.take(change));
      case 'Physical_Switch':
      case 'Global':
        return notes.itself();
      case 'Ucast_Macs_Remote':
        return notes.remoteMac(this.remoteMacs.take(change));
      case 'Mcast_Macs_Remote':
        this.floods.take(change);
        return notes.flood(change);
      case 'Tunnel':
        return notes.tunnel();
      case 'Ucast_Macs_Local':
        return notes.localMac(change);
      case 'Physical_Locator':
        this.locators.take(change);
        return notes.locator(change);
      default:
        return;
    }
  }
}
