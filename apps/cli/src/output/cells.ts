/** JSON values as the text of one cell. */
import { isRow } from '../api/row.js';

/** For programs: scalars as they are, everything else as JSON, nothing for null. */
export function plainCell(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** For people: an object a line, and devices as `--device` takes them. */
export function readableCell(value: unknown): string {
  if (!Array.isArray(value)) return visible(plainCell(value));
  const items: readonly unknown[] = value;
  if (items.some((item) => typeof item === 'object' && item !== null)) return items.map(line).join('\n');
  return visible(items.map(plainCell).join(', '));
}

function line(item: unknown): string {
  if (!isRow(item)) return visible(plainCell(item));
  return visible(deviceLine(item) ?? attributesLine(item));
}

function deviceLine({ device_name: name, interfaces }: Readonly<Record<string, unknown>>): string | undefined {
  if (name === undefined || !Array.isArray(interfaces)) return undefined;
  return `name=${plainCell(name)},interface_names=${interfaces.filter(isRow).map(interfaceText).join(';')}`;
}

function interfaceText({ name, segmentation_id: ids }: Readonly<Record<string, unknown>>): string {
  return Array.isArray(ids) && ids.length > 0 ? `${plainCell(name)}:${ids.map(plainCell).join(',')}` : plainCell(name);
}

/** What is empty says nothing. */
function attributesLine(item: Readonly<Record<string, unknown>>): string {
  const said = Object.entries(item).filter(([, value]) => !['', '[]', '{}'].includes(plainCell(value)));
  return said.map(([name, value]) => `${name}=${plainCell(value)}`).join(' ');
}

/** Texts come from switches and other people: none may move the cursor or colour the terminal. */
export function visible(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
