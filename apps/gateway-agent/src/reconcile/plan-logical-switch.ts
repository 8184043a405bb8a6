import type { WishedNetwork } from '../desired/wish.js';
import type { LogicalSwitchChange, LogicalSwitchContent } from '../switch/network-change.js';
import { isMarked, markedConfig, markedDescription } from '../switch/owner-mark.js';
import type { ActualLogicalSwitch, Capabilities } from '../switch/switch-contents.js';

/**
 * What must change in the Logical_Switch row of a network. `replication_mode` is always written where the column exists,
 * because unset it means `service_node`: the switch would flood to one member only (vtep(5)).
 */
export function planLogicalSwitch(
  network: string,
  wish: WishedNetwork,
  can: Capabilities,
  actual: ActualLogicalSwitch | undefined,
): LogicalSwitchChange {
  const content = contentOf(network, wish, can, actual?.config ?? new Map<string, string>());
  if (actual === undefined) return { kind: 'insert', content };
  const differing = differenceOf(network, content, actual);
  if (Object.keys(differing).length === 0) return { kind: 'keep', id: actual.id };
  return { kind: 'update', id: actual.id, content: differing };
}

function contentOf(
  network: string,
  { vni, name, replication }: WishedNetwork,
  can: Capabilities,
  config: ReadonlyMap<string, string>,
): LogicalSwitchContent {
  return {
    name: network,
    description: can.otherConfig ? name : markedDescription(name),
    vni,
    replication: can.replicationMode ? replication : undefined,
    config: can.otherConfig ? markedConfig(network, config) : undefined,
  };
}

function differenceOf(
  network: string,
  { name, description, vni, replication, config }: LogicalSwitchContent,
  actual: ActualLogicalSwitch,
): Partial<LogicalSwitchContent> {
  return {
    ...(name === actual.name ? {} : { name }),
    ...(description === actual.description ? {} : { description }),
    ...(vni === actual.vni ? {} : { vni }),
    ...(replication === undefined || replication === actual.replication ? {} : { replication }),
    ...(config === undefined || isMarked(network, actual.config) ? {} : { config }),
  };
}
