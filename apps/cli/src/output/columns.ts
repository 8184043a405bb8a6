/** Which attributes are shown, and in which order. */

export interface Chosen {
  readonly columns: readonly string[];
  /** What was asked for and is not there. */
  readonly unknown: readonly string[];
}

/** The openstack client's titles where they are not simply the attribute in other letters. */
const TITLES: Readonly<Record<string, string>> = { tenant: 'tenant_id', project: 'project_id' };

/** `wanted` as the user spelled them: `Network ID` is `network_id`. Without any, `defaults`. */
export function chooseColumns(
  present: readonly string[],
  defaults: readonly string[],
  wanted: readonly string[],
): Chosen {
  if (wanted.length === 0) return { columns: defaults, unknown: [] };
  const known = new Map([...present, ...defaults].map((name) => [name.toLowerCase(), name]));
  const found = wanted.map((spelled) => {
    const word = spelled.trim().toLowerCase().replaceAll(' ', '_');
    return known.get(word) ?? known.get(TITLES[word] ?? '');
  });
  return {
    columns: found.filter((name) => name !== undefined),
    unknown: wanted.filter((_, index) => found[index] === undefined),
  };
}
