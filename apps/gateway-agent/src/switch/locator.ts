import type { Vni, VtepIp } from '@l2gw/l2';

/**
 * Where frames go: a VTEP, with the logical switch's own VNI or, as `IP@VNI`, with a tunnel key of the tunnel's own
 * (vtep(5), `Physical_Locator.tunnel_key`). Equal texts are the same row.
 */
export type Locator = string & { readonly __brand: 'Locator' };

export function locatorTo(vtep: VtepIp | string, key?: Vni | number): Locator {
  return (key === undefined ? vtep : `${vtep}@${key}`) as Locator;
}

export function partsOf(locator: Locator): { readonly vtep: string; readonly key: number | undefined } {
  const [vtep = '', key] = locator.split('@');
  return { vtep, key: key === undefined ? undefined : Number(key) };
}
