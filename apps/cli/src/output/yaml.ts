/** JSON values as block YAML that every YAML parser, of version 1.1 or 1.2, reads back as they were. */
import { isRow } from '../api/row.js';

export function toYaml(value: unknown): string {
  return `${linesOf(value).join('\n')}\n`;
}

function linesOf(value: unknown): readonly string[] {
  if (Array.isArray(value) && value.length > 0) return value.flatMap((item: unknown) => indented(linesOf(item), '- '));
  if (isRow(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([name, each]) => entryOf(scalar(name), each));
  }
  return [scalar(value)];
}

/** What fits on one line stands behind its name, all else below it; only lists need no indentation there. */
function entryOf(name: string, value: unknown): readonly string[] {
  const lines = linesOf(value);
  const nested = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  if (!nested) return [`${name}: ${lines.join('')}`];
  return [`${name}:`, ...(Array.isArray(value) ? lines : lines.map((line) => `  ${line}`))];
}

/** The first line stands behind the mark, the others below that line. */
function indented(lines: readonly string[], mark: string): readonly string[] {
  return lines.map((line, index) => `${index === 0 ? mark : ' '.repeat(mark.length)}${line}`);
}

/** Certainly a text, and certainly nothing else, in every version of YAML. */
const PLAIN = /^[A-Za-z_][A-Za-z0-9_./-]*$/;
const NOT_TEXT = /^(true|false|yes|no|on|off|y|n|null)$/i;

function scalar(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value) ?? 'null';
  if (PLAIN.test(value) && !NOT_TEXT.test(value)) return value;
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
