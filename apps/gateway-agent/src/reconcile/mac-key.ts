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

/** By the ids of their networks, in the order in which they came. */
export type MacsByNetwork = ReadonlyMap<string, readonly MacKey[]>;

/** Neighbours are nearly always of one network, which is then looked up once for all of them. */
export function byNetwork(keys: Iterable<MacKey>): MacsByNetwork {
  const groups = new Map<string, MacKey[]>();
  let prefix: string | undefined;
  let group: MacKey[] = [];
  for (const key of keys) {
    if (prefix === undefined || !key.startsWith(prefix)) {
      const network = networkOfKey(key);
      prefix = macKey(network, '');
      group = groups.get(network) ?? [];
      groups.set(network, group);
    }
    group.push(key);
  }
  return groups;
}

export function without(macs: MacsByNetwork, keys: ReadonlySet<MacKey>): MacsByNetwork {
  if (keys.size === 0) return macs;
  return new Map([...macs].map(([network, all]) => [network, all.filter((key) => !keys.has(key))]));
}
