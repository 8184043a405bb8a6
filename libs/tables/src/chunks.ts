import type { Epoch, KeyedRow, PageLimit, RowOp } from './source.js';
import type { RevisedOp, TableDelta } from './table-publisher.js';

/** Cuts what has to be sent into messages that are small enough. */
export const MESSAGE_LIMIT: PageLimit = { rows: 500, bytes: 256 * 1024 };
export const PAGE_LIMIT: PageLimit = { rows: 2000, bytes: 256 * 1024 };
/** A push is a transaction that is waited for, so more go at once than in a message that nobody waits for. */
export const PUSH_LIMIT: PageLimit = { rows: 1000, bytes: 256 * 1024 };

/** Room for the fields around the rows. */
const ENVELOPE = 512;

/**
 * The bodies of the messages that carry a delta. Each goes on where the one before ended, so a reader may hold any of the
 * revisions between. Of several changes of one key only the last is sent.
 */
export function chunksOf(epoch: Epoch, delta: TableDelta): readonly string[] {
  const pieces = cut(lastOfEachKey(delta.ops), opText, MESSAGE_LIMIT);
  const end = delta.to ?? delta.ops.at(-1)?.revision ?? delta.from;
  const bodies: string[] = [];
  let from = delta.from;
  for (const piece of pieces.length === 0 ? [[]] : pieces) {
    const isLast = bodies.length + 1 >= pieces.length;
    const to = isLast ? end : (piece.at(-1)?.item.revision ?? end);
    if (to > from)
      bodies.push(
        deltaText(
          epoch,
          from,
          to,
          piece.map((op) => op.text),
        ),
      );
    from = to;
  }
  return bodies;
}

export interface Measured<Item> {
  readonly item: Item;
  readonly text: string;
}

/** Pieces in order, each within the limit but never empty. */
export function cut<Item>(items: Iterable<Item>, textOf: (item: Item) => string, limit: PageLimit): Measured<Item>[][] {
  const pieces: Measured<Item>[][] = [];
  let piece: Measured<Item>[] = [];
  let bytes = ENVELOPE;
  for (const item of items) {
    const text = textOf(item);
    const size = Buffer.byteLength(text) + 1;
    if (piece.length > 0 && (piece.length >= limit.rows || bytes + size > limit.bytes)) {
      pieces.push(piece);
      piece = [];
      bytes = ENVELOPE;
    }
    piece.push({ item, text });
    bytes += size;
  }
  if (piece.length > 0) pieces.push(piece);
  return pieces;
}

/** As many of the items as the limit allows, but at least one. */
export function firstPage<Item>(
  items: readonly Item[],
  textOf: (item: Item) => string,
  limit: PageLimit,
): readonly Item[] {
  let bytes = ENVELOPE;
  for (const [at, item] of items.entries()) {
    bytes += Buffer.byteLength(textOf(item)) + 1;
    if (at > 0 && (at >= limit.rows || bytes > limit.bytes)) return items.slice(0, at);
  }
  return items;
}

export function rowText({ key, row }: KeyedRow, text: string = JSON.stringify(row)): string {
  return `{"key":${JSON.stringify(key)},"row":${text}}`;
}

export function opText({ key, row, text }: RowOp & Pick<RevisedOp, 'text'>): string {
  return row === undefined ? `{"key":${JSON.stringify(key)}}` : rowText({ key, row }, text);
}

function lastOfEachKey(ops: readonly RevisedOp[]): Iterable<RevisedOp> {
  const last = new Map<string, RevisedOp>();
  for (const op of ops) {
    last.delete(op.key);
    last.set(op.key, op);
  }
  return last.values();
}

function deltaText(epoch: Epoch, from: number, to: number, ops: readonly string[]): string {
  return `{"kind":"delta","epoch":${JSON.stringify(epoch)},"from":${from},"to":${to},"ops":[${ops.join(',')}]}`;
}
