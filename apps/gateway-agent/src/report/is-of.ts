import type { SwitchSelf } from '../switch/switch-contents.js';
import type { ReportedSwitch } from './reported-switch.js';

/**
 * Whether a row that names a tunnel IP, such as a learned MAC, is this switch's to tell of. MLAG peers share theirs, and both tell. What
 * nobody has the IP of is told of by the first: somebody must.
 */
export function isOf(
  { name, isAlone, isFirst }: Omit<ReportedSwitch, 'client'>,
  tunnelIp: string | undefined,
  switches: readonly Pick<SwitchSelf, 'name' | 'tunnelIps'>[],
): boolean {
  if (isAlone) return true;
  const owners = switches.filter(({ tunnelIps }) => tunnelIp !== undefined && tunnelIps.includes(tunnelIp));
  return owners.length === 0 ? isFirst : owners.some((owner) => owner.name === name);
}
