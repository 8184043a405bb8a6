/** What a switch holds of ours, as `vtep-ctl` reads it, in the words of what it should hold. */
import type { EmulatedTor } from '../harness/emulated-tor.js';
import type { MacEntry } from '../harness/tor-witness.js';
import type { ExpectedSwitch } from './expected-switch.js';
import { PORTS } from './soak-world.js';

/** `networks`: those that the switch should have. */
export async function held(tor: EmulatedTor, networks: readonly string[], isOurs: (name: string) => boolean) {
  const bindings: string[] = [];
  for (const port of PORTS) {
    for (const each of await tor.vlanBindings(port))
      if (isOurs(each.logicalSwitch)) bindings.push(`${port} ${each.vlan} ${each.logicalSwitch}`);
  }
  const macs: Record<string, readonly string[]> = {};
  const flood: Record<string, readonly string[]> = {};
  for (const { name } of await tor.logicalSwitches()) {
    if (!isOurs(name)) continue;
    macs[name] = (await tor.remoteMacs(name)).map(wordsOf).sort();
    flood[name] = await tor.floodSet(name);
  }
  for (const network of networks) macs[network] ??= ['no logical switch'];
  return { bindings: bindings.sort(), macs, flood } satisfies ExpectedSwitch;
}

function wordsOf({ mac, ip, vtepIp, tunnelKey }: MacEntry): string {
  return `${mac} ${ip} ${vtepIp}${tunnelKey === undefined ? '' : `@${tunnelKey}`}`;
}
