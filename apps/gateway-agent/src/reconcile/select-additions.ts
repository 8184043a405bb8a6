import type { FloodRow } from '../switch/switch-contents.js';
import type { FloodChange, NetworkChange } from '../switch/network-change.js';

/** Of what should be changed, what adds to the switch: nothing that is there goes or becomes another. */
export function selectAdditions(change: NetworkChange, flood: readonly FloodRow[]): NetworkChange {
  const { logicalSwitch, bind, macs } = change;
  return {
    logicalSwitch: logicalSwitch.kind === 'update' ? { kind: 'keep', id: logicalSwitch.id } : logicalSwitch,
    bind,
    unbind: [],
    flood: { remove: [], write: widened(change.flood.write, flood) },
    macs: macs.filter((each) => each.kind === 'add'),
  };
}

/** The set that is written also has everybody who is in the one that it takes the place of. */
function widened(write: FloodChange['write'], flood: readonly FloodRow[]): FloodChange['write'] {
  if (write?.row === undefined) return write;
  const present = flood.find((each) => each.id === write.row)?.locators.filter((each) => each !== undefined) ?? [];
  const locators = [...new Set([...present, ...write.locators])].sort();
  return locators.length === new Set(present).size ? undefined : { row: write.row, locators };
}
