import type { Schema } from './schema.js';

/** One subject, or those that differ in ids only, with what travels on it. */
export interface Channel {
  readonly name: string;
  readonly address: string;
  readonly summary: string;
  /** Of the API; what it sends to its own replicas it receives, too. */
  readonly action: 'send' | 'receive';
  /** By their names. */
  readonly messages: Readonly<Record<string, Payload>>;
  readonly answer?: Payload;
  /** Of the ids in the address. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
}

export interface Payload {
  readonly payload: Schema;
  readonly headers?: Schema;
}

export const EMPTY: Payload = { payload: { type: 'string', maxLength: 0 } };
