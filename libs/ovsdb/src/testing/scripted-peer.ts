/** The server's end of a session, in the hands of a spec. */

import type { Duplex } from 'node:stream';
import { duplexPair } from 'node:stream';
import { MessageSplitter } from '../framing.js';
import type { Json, JsonObject } from '../json.js';
import { isObject, parseJson } from '../json.js';
import type { SessionOptions } from '../session.js';
import { Session } from '../session.js';

export class Peer {
  private readonly received: JsonObject[] = [];
  private wake: () => void = () => undefined;

  constructor(readonly stream: Duplex) {
    const splitter = new MessageSplitter();
    stream.on('data', (chunk: Buffer) => splitter.push(chunk, (bytes) => this.take(bytes)));
  }

  say(message: Json): void {
    this.stream.write(JSON.stringify(message));
  }

  /** The next message, whenever it comes. */
  async hears(): Promise<JsonObject> {
    while (this.received.length === 0) await new Promise<void>((resolve) => (this.wake = resolve));
    return this.received.shift() ?? {};
  }

  get unheard(): number {
    return this.received.length;
  }

  private take(bytes: Buffer): void {
    const message = parseJson(bytes.toString());
    if (isObject(message)) this.received.push(message);
    this.wake();
  }
}

/** A session and its peer. The session sends no echoes of its own unless told to. */
export function meet(options: SessionOptions = {}): { readonly session: Session; readonly peer: Peer } {
  const [ours, theirs] = duplexPair();
  return { session: new Session(ours, { probeIntervalMs: 0, ...options }), peer: new Peer(theirs) };
}
