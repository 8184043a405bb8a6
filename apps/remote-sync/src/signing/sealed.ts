/** A message between clouds with what its signature vouches for. */
export interface Sealed {
  /** So that none can be passed off as another: an answer as news, a question as an answer. */
  readonly kind: 'news' | 'question' | 'answer';
  /** Of a question also that of its answer. */
  readonly subject: string;
  /** Of the sender's session. */
  readonly epoch: number;
  /** News are counted within an epoch, from 1. Of others 0. */
  readonly count: number;
  /** Chosen by who asks: an answer that carries it was given after the question. Of news empty. */
  readonly nonce: string;
  readonly body: string;
}

export const HEADERS = { epoch: 'L2GW-Epoch', count: 'L2GW-N', nonce: 'L2GW-Nonce', signature: 'L2GW-Sig' } as const;

/** What is signed: every part on a line of its own, the body last, so that no two messages have the same bytes. */
export function signedBytes({ kind, subject, epoch, count, nonce, body }: Sealed): Buffer {
  return Buffer.from(`l2gw.v1\n${kind}\n${subject}\n${epoch}\n${count}\n${nonce}\n${body}`);
}
