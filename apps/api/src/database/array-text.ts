/**
 * A list as PostgreSQL writes arrays (its manual, §8.15.2), for parameters of thousands of values: the driver takes several times as long
 * to write them. Absent values are NULL.
 */
export function arrayText(values: Iterable<string | number | boolean | null | undefined>): string {
  let text = '';
  for (const value of values) text += `${text === '' ? '' : ','}${element(value)}`;
  return `{${text}}`;
}

function element(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value !== 'string') return String(value);
  if (PLAIN.test(value)) return `"${value}"`;
  return PRINTABLE.test(value) ? JSON.stringify(value) : `"${value.replaceAll(/["\\]/g, '\\$&')}"`;
}

const PLAIN = /^[ !#-[\]-~]*$/;

/** Of such texts, among them nearly all JSON, both notations escape the same two characters, and `JSON.stringify` is several times as fast. */
const PRINTABLE = /^[ -~]*$/;
