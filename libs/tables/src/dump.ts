/** Reads a replica's dump back; whatever is not a sound one is none, because the writer can always be asked. */
import type { ReplicaDump } from './replica.js';

export function decodeDump(dump: unknown): ReplicaDump | undefined {
  if (typeof dump !== 'object' || dump === null) return undefined;
  if (!('table' in dump && 'epoch' in dump && 'revision' in dump && 'rows' in dump)) return undefined;
  const { table, epoch, revision, rows } = dump;
  if (typeof table !== 'string' || typeof epoch !== 'string' || !Number.isSafeInteger(revision)) return undefined;
  if (typeof revision !== 'number' || !Array.isArray(rows) || !rows.every(isRow)) return undefined;
  return { table, epoch, revision, rows };
}

function isRow(item: unknown): item is readonly [string, object] {
  if (!Array.isArray(item) || item.length !== 2) return false;
  const [key, row]: readonly unknown[] = item;
  return typeof key === 'string' && typeof row === 'object' && row !== null;
}
