/** Reads a long JSON text in slices, so that whoever else has something to do gets a turn in between. */
import { type Json, type JsonObject, parseJson } from './json.js';

/** Bytes that are read at once: a few milliseconds' work. */
const SLICE = 256 * 1024;
/** Containers inside each other that are walked through member by member: a dump has a message, a result, tables and rows. */
const WALKED = 4;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
/** `{` and `[` differ in bit 5 only, and so do `}` and `]`. */
const BIT5 = 0x20;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;

interface Walked {
  readonly isList: boolean;
  readonly object: Record<string, Json>;
  readonly list: Json[];
  /** Where the members begin that have not been read yet. */
  from: number;
  /** Of the member that is being walked through. */
  key: string;
}

/** The text of one object, as a splitter has cut it out. Yields between slices and returns the value. Throws SyntaxError. */
export function* jsonInSlices(bytes: Buffer): Generator<undefined, Json> {
  const stack: Walked[] = [];
  let [depth, at, rested] = [0, 0, 0];
  let result: Json = null;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) {
      at = endOfString(bytes, at);
    } else if ((byte | BIT5) === OPEN) {
      depth += 1;
      if (depth <= WALKED) stack.push(opened(bytes, at, stack.at(-1)));
    } else if ((byte | BIT5) === CLOSE) {
      if (depth <= WALKED) result = closed(bytes, at, stack);
      depth -= 1;
    } else if (byte === COMMA && depth <= WALKED && at - rested > SLICE) {
      for (const top of stack.slice(-1)) read(bytes, at, top);
      rested = at;
      yield undefined;
    }
  }
  return result;
}

/** What stands before the member that is begun is read, and the member's key is remembered. */
function opened(bytes: Buffer, at: number, parent: Walked | undefined): Walked {
  if (parent !== undefined) {
    const key = parent.isList ? at : startOfKey(bytes, at);
    read(bytes, key, parent);
    parent.key = parent.isList ? '' : String(parseJson(bytes.toString('utf8', key, colonBefore(bytes, at))));
  }
  // without a prototype, because a member may be called __proto__
  const object = Object.create(null) as Record<string, Json>;
  return { isList: bytes[at] === BRACKET, object, list: [], from: at + 1, key: '' };
}

function closed(bytes: Buffer, at: number, stack: Walked[]): Json {
  const done = stack.pop();
  if (done === undefined || done.isList !== (bytes[at] === CLOSING_BRACKET))
    throw new SyntaxError('a closing brace or bracket that closes nothing');
  read(bytes, at, done);
  const value: Json = done.isList ? done.list : done.object;
  const parent = stack.at(-1);
  if (parent === undefined) return value;
  if (parent.isList) parent.list.push(value);
  else parent.object[parent.key] = value;
  parent.from = at + 1;
  return value;
}

/** Reads the members that have been passed; a comma may stand before and after them. */
function read(bytes: Buffer, end: number, walked: Walked): void {
  let [from, to] = [walked.from, end];
  while (from < to && isBetween(bytes[from])) from += 1;
  while (to > from && isBetween(bytes[to - 1])) to -= 1;
  walked.from = end;
  if (from === to) return;
  const text = bytes.toString('utf8', from, to);
  if (walked.isList) for (const each of parseJson(`[${text}]`) as readonly Json[]) walked.list.push(each);
  else addMembers(walked.object, parseJson(`{${text}}`) as JsonObject);
}

function addMembers(object: Record<string, Json>, members: JsonObject): void {
  for (const key in members) object[key] = members[key] ?? null;
}

function isBetween(byte: number | undefined): boolean {
  return byte === COMMA || byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function endOfString(bytes: Buffer, from: number): number {
  let at = from + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}

function colonBefore(bytes: Buffer, from: number): number {
  let at = from - 1;
  while (at > 0 && bytes[at] !== COLON) at -= 1;
  return at;
}

/** Where the key begins whose value is at this place. */
function startOfKey(bytes: Buffer, value: number): number {
  let at = colonBefore(bytes, value) - 1;
  while (at > 0 && bytes[at] !== QUOTE) at -= 1;
  at -= 1;
  while (at > 0 && (bytes[at] !== QUOTE || isEscaped(bytes, at))) at -= 1;
  return at;
}

function isEscaped(bytes: Buffer, quote: number): boolean {
  let backslashes = 0;
  while (bytes[quote - 1 - backslashes] === BACKSLASH) backslashes += 1;
  return backslashes % 2 === 1;
}
