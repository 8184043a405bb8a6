import type { Problem } from '@l2gw/contracts';
import type { NetworkChange } from '../switch/network-change.js';

/** What somebody has done, told by what would undo it. */
export function describeDrift({ logicalSwitch, bind, unbind, flood }: NetworkChange): string {
  if (logicalSwitch.kind === 'insert') return 'its logical switch was removed';
  const unbound = bind.reduce((sum, each) => sum + each.vlans.length, 0);
  const isFlood = flood.write !== undefined || flood.remove.length > 0;
  const said = [
    ...(logicalSwitch.kind === 'update'
      ? [`its logical switch has another ${Object.keys(logicalSwitch.content).join(', ')}`]
      : []),
    ...(unbound > 0 ? [`${counted(unbound, 'VLAN')} unbound`] : []),
    ...(unbind.length > 0 ? [`${counted(unbind.length, 'VLAN')} bound besides`] : []),
    ...(isFlood ? ['its flood set was changed'] : []),
  ];
  return said.join(', ');
}

/** What is to be left as it is, because the operator wants to be told only. */
export function driftProblem(what: string): Problem {
  return {
    code: 'DRIFT',
    text: `somebody else has changed it (${what}): it is put right by a resync of the switch, or by drift_policy repair`,
  };
}

function counted(count: number, noun: string): string {
  return count === 1 ? `a ${noun} was` : `${count} ${noun}s were`;
}
