import type { BfdWish } from '@l2gw/contracts';
import type { TunnelChange } from '../switch/network-change.js';
import type { ActualTunnel } from '../switch/switch-contents.js';

/** What must change in the `bfd_params` of the switch's tunnels (vtep(5)); what others have put there stays. Nothing without a wish. */
export function planTunnels(wish: BfdWish | undefined, tunnels: readonly ActualTunnel[]): readonly TunnelChange[] {
  if (wish === undefined) return [];
  const wanted = Object.entries(paramsOf(wish));
  return tunnels
    .filter(({ params }) => wanted.some(([name, value]) => params.get(name) !== value))
    .map(({ id, params }) => ({ id, params: new Map([...params, ...wanted]) }));
}

function paramsOf({ enable, minRx, minTx }: BfdWish): Readonly<Record<string, string>> {
  return {
    enable: String(enable),
    ...(minRx === undefined ? {} : { min_rx: String(minRx) }),
    ...(minTx === undefined ? {} : { min_tx: String(minTx) }),
  };
}
