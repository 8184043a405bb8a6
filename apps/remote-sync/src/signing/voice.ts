import type { Headers } from '@l2gw/bus';
import type { OwnKey } from './own-key.js';
import { HEADERS, type Sealed, signedBytes } from './sealed.js';

/** This cloud as one peer hears it in one session: signs what is said under the session's epoch. */
export class Voice {
  private count: number;

  /** It goes on above whatever another voice of the session has said: a peer that is met anew remembers those numbers. `now` in ms. */
  constructor(
    private readonly key: OwnKey,
    readonly epoch: number,
    now: () => number = () => performance.now(),
  ) {
    this.count = Math.floor(now() * 1000);
  }

  news(subject: string, body: string): Headers {
    this.count += 1;
    const { count } = this;
    return { ...this.sign('news', subject, body, { count, nonce: '' }), [HEADERS.count]: String(count) };
  }

  question(subject: string, body: string, nonce: string): Headers {
    return { ...this.sign('question', subject, body, { count: 0, nonce }), [HEADERS.nonce]: nonce };
  }

  answer(subject: string, body: string, nonce: string): Headers {
    return this.sign('answer', subject, body, { count: 0, nonce });
  }

  private sign(kind: Sealed['kind'], subject: string, body: string, more: Pick<Sealed, 'count' | 'nonce'>): Headers {
    const bytes = signedBytes({ kind, subject, epoch: this.epoch, body, ...more });
    return { [HEADERS.epoch]: String(this.epoch), [HEADERS.signature]: this.key.sign(bytes) };
  }
}
