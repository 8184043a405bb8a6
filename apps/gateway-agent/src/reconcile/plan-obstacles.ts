import type { Problem } from '@l2gw/contracts';
import type { Vni } from '@l2gw/l2';
import type { ActualLogicalSwitch } from '../switch/switch-contents.js';

/** Logical switches of others that could be in a network's way. */
export interface Strangers {
  readonly sameName: ActualLogicalSwitch | undefined;
  readonly sameVni: readonly ActualLogicalSwitch[];
}

/** Why nothing of the network may be written: two logical switches with one VNI would leak one tenant into another. */
export function planObstacles(network: string, vni: Vni, { sameName, sameVni }: Strangers): readonly Problem[] {
  const named: readonly Problem[] =
    sameName === undefined
      ? []
      : [{ code: 'CONFLICT', text: `somebody else's logical switch is named ${network}: rename or remove it` }];
  const sharing = sameVni.map((each): Problem => ({
    code: 'VNI_IN_USE',
    text: `VNI ${vni} is that of logical switch ${each.name}, which is not ours: remove it or use another VNI`,
  }));
  return [...named, ...sharing];
}
