/** JSON values as block YAML that every YAML parser, of version 1.1 or 1.2, reads back as they were. */
import { isRow } from '../api/row.js';

export function toYaml(value: unknown): string {
  return `${block(value, '').replace(/^\n/, '')}\n`;
}

/** What follows a `key:` or a `-`: a scalar on the same line, or lines of their own. */
function block(value: unknown, indent: string): string {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.length === 0 ? ' []' : items.map((item) => `\n${indent}-${after(item, `${indent}  `)}`).join('');
  }
  if (isRow(value)) {
    const entries = Object.entries(value).filter(([, each]) => each !== undefined);
    if (entries.length === 0) return ' {}';
    return entries.map(([name, each]) => `\n${indent}${scalar(name)}:${nested(each, indent)}`).join('');
  }
  return ` ${scalar(value)}`;
}

function nested(value: unknown, indent: string): string {
  return block(value, Array.isArray(value) ? indent : `${indent}  `);
}

/** The first line of a nested block stands behind the dash. */
function after(item: unknown, indent: string): string {
  return block(item, indent).replace(/^\n\s*/, ' ');
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
