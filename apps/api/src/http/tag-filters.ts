/** Neutron's four ways to filter by tags; one value may name several tags, separated by commas. */
const FILTERS: ReadonlyMap<string, (tags: string, named: string) => string> = new Map([
  ['tags', (tags, named) => `${tags} @> ${named}`],
  ['tags-any', (tags, named) => `${tags} && ${named}`],
  ['not-tags', (tags, named) => `NOT (${tags} @> ${named})`],
  ['not-tags-any', (tags, named) => `NOT (${tags} && ${named})`],
]);

/** The SQL condition of a filter by tags on a noun that has a column of them; absent if the filter is none. */
export function tagCondition(filter: string, values: readonly string[], parameters: unknown[]): string | undefined {
  const condition = FILTERS.get(filter);
  if (condition === undefined) return undefined;
  parameters.push(values.flatMap((value) => value.split(',')));
  return condition('listed.tags', `$${parameters.length}::text[]`);
}
