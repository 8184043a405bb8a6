import type { DescribedChange } from '@l2gw/contracts';
import { UNKNOWN_DST } from '../reconcile/plan-flood-set.js';
import type { MacChange, NetworkChange } from '../switch/network-change.js';
import type { ActualPort, Place } from '../switch/switch-contents.js';

const MAC_KINDS = { add: 'insert', move: 'update', remove: 'remove' } as const;

/** The change of a network, short of its MACs, as an operator reads it. */
export function describeNetwork(
  network: string,
  { logicalSwitch, bind, unbind, flood }: NetworkChange,
  ports: readonly ActualPort[],
): readonly DescribedChange[] {
  const of = (kind: DescribedChange['kind'], what: DescribedChange['what']) => ({ kind, what });
  return [
    ...(logicalSwitch.kind === 'keep' ? [] : [{ ...of(logicalSwitch.kind, 'logical-switch'), name: network }]),
    ...bind.flatMap(({ port, vlans }) =>
      vlans.map((vlan) => ({ ...of('insert', 'binding'), name: `${port.name}/${vlan}` })),
    ),
    ...unbind.map((place) => ({ ...of('remove', 'binding'), name: nameOf(place, ports) })),
    ...flood.remove.map(() => ({ ...of('remove', 'flood-set'), name: UNKNOWN_DST })),
    ...(flood.write === undefined
      ? []
      : [{ ...of(flood.write.row === undefined ? 'insert' : 'update', 'flood-set'), name: UNKNOWN_DST }]),
  ];
}

export function describeMac(change: MacChange): DescribedChange {
  const name = change.kind === 'remove' ? change.mac : change.entry.mac;
  return { kind: MAC_KINDS[change.kind], what: 'mac', name };
}

/** A port of another switch of the database has no name here. */
function nameOf({ port, vlan }: Place, ports: readonly ActualPort[]): string {
  return `${ports.find(({ id }) => id === port)?.name ?? port}/${vlan}`;
}
