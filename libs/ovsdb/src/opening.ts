/** Waits until a stream is open, and leaves nothing of it behind if that fails. */

import type { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import { ConnectTimeout, RequestAborted } from './errors.js';

export interface DialLimits {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Opening {
  /** Destroyed if it does not come to be open. */
  readonly stream: Duplex;
  /** Emits `opened`, or `failed` with an error. */
  readonly teller: EventEmitter;
  readonly opened: string;
  readonly failed: string;
  /** What to reject with. */
  readonly failure: (cause: Error) => Error;
  /** Who did not open in time. */
  readonly name: string;
}

/** Resolves with what `opened` tells. Rejects with what `failure` makes of the error, ConnectTimeout or RequestAborted. */
export function whenOpen<Told>(opening: Opening, { timeoutMs, signal }: DialLimits): Promise<Told> {
  const { stream, teller, opened, failed, failure, name } = opening;
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
      teller.off(opened, succeed).off(failed, fail);
    };
    const refuse = (error: Error) => {
      settle();
      discard(stream);
      reject(error);
    };
    const succeed = (told: Told) => {
      settle();
      resolve(told);
    };
    const fail = (cause: Error) => refuse(failure(cause));
    const giveUp = () => refuse(new RequestAborted('not-sent', signal?.reason));
    const late = () => refuse(new ConnectTimeout(`${name} did not accept within ${timeoutMs} ms`));
    const timer = setTimeout(late, timeoutMs);
    teller.once(opened, succeed).once(failed, fail);
    signal?.addEventListener('abort', giveUp, { once: true });
    if (signal?.aborted) giveUp();
  });
}

/** Its last words are nobody's concern any more. */
export function discard(stream: Duplex): void {
  stream.on('error', () => undefined);
  stream.destroy();
}
