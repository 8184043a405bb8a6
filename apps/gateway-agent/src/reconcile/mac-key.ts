/** Names one MAC of one network; a network's id contains no slash. */
export type MacKey = string;

export function macKey(network: string, mac: string): MacKey {
  return `${network}/${mac}`;
}

export function networkOfKey(key: MacKey): string {
  return key.slice(0, key.indexOf('/'));
}

export function macOfKey(key: MacKey): string {
  return key.slice(key.indexOf('/') + 1);
}

export function byNetwork(keys: readonly MacKey[]): ReadonlyMap<string, readonly MacKey[]> {
  const groups = new Map<string, MacKey[]>();
  for (const key of keys) groups.set(networkOfKey(key), [...(groups.get(networkOfKey(key)) ?? []), key]);
  return groups;
}
