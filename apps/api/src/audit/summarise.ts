/** What of a request's body is kept. */

const SECRET = /passw|passphrase|secret|token|credential|seed|psk|private|(auth|api|signing|shared)_?key|^key$/i;
/** Who an address is used by, and his password: `nats://me:secret@nats:4222`. */
const IN_ADDRESS = /(?<=:\/\/)[^\s/@]*@/g;
const LONGEST = 4096;

/**
 * The attributes that a body names, out of their envelope: no secrets, of a bulk only how many, of what is very long only how long.
 * `null` for none. What it returns can be stored as `jsonb`.
 */
export function summarise(body: unknown): unknown {
  if (!isObject(body) || Object.keys(body).length === 0) return null;
  const [[name = '', content], ...more] = Object.entries(body) as [[string, unknown], ...[string, unknown][]];
  if (more.length === 0 && Array.isArray(content) && content.some(isObject)) return { [name]: content.length };
  const attributes = storable(more.length === 0 && isObject(content) ? content : body);
  const { length } = JSON.stringify(attributes);
  return length > LONGEST ? { omitted: `${length} characters` } : attributes;
}

/** PostgreSQL takes neither NUL nor half a surrogate pair. */
export function storableText(text: string): string {
  return /[\0\ud800-\udfff]/.test(text) ? text.replaceAll('\0', '\ufffd').replace(/\p{Surrogate}/gu, '\ufffd') : text;
}

function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value).replace(IN_ADDRESS, '***@');
  if (Array.isArray(value)) return value.map(storable);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [storableText(name), SECRET.test(name) ? '***' : storable(each)]),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
