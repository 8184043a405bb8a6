import type { Problem } from '@l2gw/contracts';
import type { OwnedMacChange } from '../switch/network-change.js';

/** What is known of the room for MACs on the switch. */
export interface Room {
  /** Rows that are there or on their way. */
  readonly taken: number;
  /** As the operator has it of the switch's model; absent if nothing is known. */
  readonly most: number | undefined;
  /** `switch_fault_status` (vtep(5)). */
  readonly faults: readonly string[];
}

/** The fault of a switch whose forwarding table is full: more rows in its database would not be forwarded by. */
const EXHAUSTED = 'mac_table_exhaustion';

export interface Fitting {
  readonly changes: readonly OwnedMacChange[];
  readonly beyond: readonly OwnedMacChange[];
  /** Why those beyond are. */
  readonly problem: Problem | undefined;
}

/** What is there stays and may move or go; what comes is written as long as there is room. */
export function selectFitting(changes: readonly OwnedMacChange[], room: Room): Fitting {
  let free = freeIn(room);
  if (free === Infinity) return { changes, beyond: [], problem: undefined };
  const fitting: OwnedMacChange[] = [];
  const beyond: OwnedMacChange[] = [];
  for (const each of changes) {
    if (each.change.kind === 'add' && free <= 0) beyond.push(each);
    else fitting.push(each);
    free += each.change.kind === 'add' ? -1 : each.change.kind === 'remove' ? 1 : 0;
  }
  return { changes: fitting, beyond, problem: beyond.length === 0 ? undefined : problemOf(room) };
}

/** How many rows can be added. */
export function freeIn({ taken, most = Infinity, faults }: Room): number {
  return faults.includes(EXHAUSTED) ? 0 : Math.max(0, most - taken);
}

function problemOf({ most, faults }: Room): Problem {
  const text = faults.includes(EXHAUSTED)
    ? `the switch says ${EXHAUSTED}: what is there stays, and nothing is added until it has room`
    : `the switch has room for ${most} MACs: raise its max_macs or connect fewer networks to it`;
  return { code: 'SWITCH_FULL', text };
}
