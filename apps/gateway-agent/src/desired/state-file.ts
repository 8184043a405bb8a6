import { createHash } from 'node:crypto';
import type { ReplicaDump } from '@l2gw/tables';

const FORMAT = 'l2gw.state.v1';
/** Rows that are put into text at a time: what is remembered must not keep the switch waiting. */
const ROWS_AT_A_TIME = 500;

/** `reason`: for an operator. */
export class UnusableState extends Error {
  override readonly name = 'UnusableState';
}

/**
 * A table as text, piece by piece: a line that says what it is, a line for each row, and a line with the SHA-256 of all that, so that
 * a file that was cut off or damaged is known for one.
 */
export function* encodeState({ table, epoch, revision, rows }: ReplicaDump): Generator<string> {
  const sum = createHash('sha256');
  const counted = (text: string): string => (sum.update(text), text);
  yield counted(`${JSON.stringify({ format: FORMAT, table, epoch, revision, rows: rows.length })}\n`);
  for (let first = 0; first < rows.length; first += ROWS_AT_A_TIME) {
    const lines = rows.slice(first, first + ROWS_AT_A_TIME).map((row) => `${JSON.stringify(row)}\n`);
    yield counted(lines.join(''));
  }
  yield `${JSON.stringify({ sha256: sum.digest('hex') })}\n`;
}

/** What the text says; whether the rows are sound, only the table's reader can tell. Throws `UnusableState`. */
export function decodeState(text: string): object {
  const end = text.lastIndexOf('\n', text.length - 2) + 1;
  const content = text.slice(0, end);
  if (text.slice(end) !== `${JSON.stringify({ sha256: createHash('sha256').update(content).digest('hex') })}\n`)
    throw new UnusableState('it was cut off or damaged');
  const [head = '', ...lines] = content.split('\n').slice(0, -1);
  const { format, ...about } = JSON.parse(head) as Record<string, unknown>;
  if (format !== FORMAT) throw new UnusableState(`its format is ${String(format)} instead of ${FORMAT}`);
  return { ...about, rows: lines.map((line) => JSON.parse(line) as unknown) };
}
