/** How deep JSON may be nested; the deepest attribute that Neutron has needs six levels. */
export const MOST_LEVELS = 32;

export function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isDeeperThan(each, levels - 1));
}
