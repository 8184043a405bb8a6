/**
 * A list as PostgreSQL writes arrays (its manual, §8.15.2), for parameters of thousands of values: the driver takes several times as long
 * to write them. Absent values are NULL.
 */
export function arrayText(values: readonly (string | number | boolean | null | undefined)[]): string {
  const json = JSON.stringify(values);
  return OTHER_ESCAPE.test(json) ? `{${values.map(element).join(',')}}` : `{${json.slice(1, -1)}}`;
}

/** Of texts without control characters both notations escape the same two characters; JSON escapes others, too. */
const OTHER_ESCAPE = /\\[^"\\]/;

function element(value: string | number | boolean | null | undefined): string {
  return typeof value === 'string' ? `"${value.replaceAll(/["\\]/g, '\\$&')}"` : String(value ?? null);
}
