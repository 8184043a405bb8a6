/** In what our answer differs from the reference's, apart from what every server chooses itself. */
import type { KnownIds } from './known-ids.js';

/** Only the types of these are compared. */
const CHOSEN = new Set([
  'id',
  'created_at',
  'updated_at',
  'started_at',
  'heartbeat_timestamp',
  'revision_number',
  'ip_address',
  'mac_address',
  'href',
]);

type Fields = Readonly<Record<string, unknown>>;

/** Each difference is a sentence of its own; attributes and items that only we have are none. Learns our ids on the way. */
export function answerDifferences(recorded: unknown, ours: unknown, ids: KnownIds, at = 'answer'): readonly string[] {
  if (Array.isArray(recorded) && Array.isArray(ours)) return listDifferences(recorded, ours, ids, at);
  if (isFields(recorded) && isFields(ours)) {
    learnId(recorded, ours, ids);
    return Object.entries(recorded).flatMap(([name, value]) =>
      name in ours ? answerDifferences(value, ours[name], ids, `${at}.${name}`) : [`${at}.${name}: is missing`],
    );
  }
  if (typeOf(recorded) !== typeOf(ours)) return [`${at}: ${spelled(ours)} instead of ${spelled(recorded)}`];
  const expected = typeof recorded === 'string' ? ids.translate(recorded) : recorded;
  const same = expected === ours || CHOSEN.has(at.slice(at.lastIndexOf('.') + 1));
  return same ? [] : [`${at}: ${spelled(ours)} instead of ${spelled(expected)}`];
}

function listDifferences(
  recorded: readonly unknown[],
  ours: readonly unknown[],
  ids: KnownIds,
  at: string,
): readonly string[] {
  const left = [...ours];
  return recorded.flatMap((item, index) => {
    const place = left.findIndex((own) => isSame(item, own, ids));
    if (place === -1) return [`${at}[${index}]: ${nameOf(item, ids)} is missing`];
    return answerDifferences(item, left.splice(place, 1)[0], ids, `${at}[${index}]`);
  });
}

/** Things are the same by their id if we know it, else by what they are called; plain values by themselves. */
function isSame(recorded: unknown, ours: unknown, ids: KnownIds): boolean {
  return nameOf(recorded, ids) === nameOf(ours, ids);
}

function nameOf(item: unknown, ids: KnownIds): string {
  if (!isFields(item)) return typeof item === 'string' ? ids.translate(item) : spelled(item);
  const { id, alias, device_name, name, subnet_id, rel } = item;
  if (typeof id === 'string' && ids.knows(id)) return ids.translate(id);
  if (typeof id === 'string' && ids.isOurs(id)) return id;
  return String(alias ?? device_name ?? name ?? (typeof subnet_id === 'string' ? ids.translate(subnet_id) : rel));
}

function learnId(recorded: Fields, ours: Fields, ids: KnownIds): void {
  const [theirs, own] = [recorded['id'], ours['id']];
  if (typeof theirs === 'string' && typeof own === 'string' && !ids.knows(theirs)) ids.learn(theirs, own);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

function spelled(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
