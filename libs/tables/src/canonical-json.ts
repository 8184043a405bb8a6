/** Texts that need no escape, which are nearly all: `JSON.stringify` takes three times as long to find out. */
const PLAIN = /^[ !#-[\]-~]*$/;

/**
 * One text for one JSON value, whatever order its keys were written in: the form that both ends of a table hash.
 * A value and its copy that has been through `JSON.stringify` and `JSON.parse` give the same text.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return canonicalArray(value);
  if (typeof value === 'object' && value !== null) return canonicalObject(value);
  return JSON.stringify(value) ?? 'null';
}

function canonicalArray(items: readonly unknown[]): string {
  let text = '';
  for (const item of items) text += `${text === '' ? '' : ','}${canonicalJson(item ?? null)}`;
  return `[${text}]`;
}

/** Texts are joined as they come: every row of every table passes here, and lists of its fields would be garbage. */
function canonicalObject(value: object): string {
  const fields = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const name of inOrder(Object.keys(fields))) {
    const field = fields[name];
    if (field === undefined || typeof field === 'function') continue;
    text += `${text === '' ? '' : ','}${quoted(name)}:${canonicalJson(field)}`;
  }
  return `{${text}}`;
}

/** Most come in order, and to sort them costs garbage even then. */
function inOrder(names: string[]): readonly string[] {
  return names.every((name, at) => at === 0 || (names[at - 1] ?? '') < name) ? names : names.sort();
}

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}
