/**
 * The sign by which a logical switch is known as ours: two keys of `other_config`, or, where the schema lacks that column
 * (below 1.5.1), the end of the description. Rows of other tables belong to whom the logical switch belongs that they point to.
 */
export const OWNER = 'l2gw';

const OWNER_KEY = 'l2gw-owner';
const NETWORK_KEY = 'l2gw-network';
const DESCRIPTION_MARK = ' [l2gw]';

/** What of a logical switch tells whose it is. */
export interface Marked {
  readonly name: string;
  readonly description: string;
  /** Absent if the schema has no such column. */
  readonly config: ReadonlyMap<string, string> | undefined;
}

/** The network of a logical switch of ours, also if somebody has renamed it; absent for somebody else's. */
export function ownNetwork({ name, description, config }: Marked): string | undefined {
  if (config === undefined) return description.endsWith(DESCRIPTION_MARK) ? name : undefined;
  return config.get(OWNER_KEY) === OWNER ? (config.get(NETWORK_KEY) ?? name) : undefined;
}

/** `other_config` with our keys; those of others stay. */
export function markedConfig(network: string, config: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...config, [OWNER_KEY, OWNER], [NETWORK_KEY, network]]);
}

export function isMarked(network: string, config: ReadonlyMap<string, string>): boolean {
  return config.get(OWNER_KEY) === OWNER && config.get(NETWORK_KEY) === network;
}

export function markedDescription(text: string): string {
  return `${text}${DESCRIPTION_MARK}`;
}
