import type { Headers } from '@l2gw/bus';
import type { PeerKeys } from './peer-keys.js';
import { ReplayWindow } from './replay-window.js';
import { HEADERS, type Sealed, signedBytes } from './sealed.js';

/**
 * `sig`: not signed by the peer; `replay`: of an older session, or of long ago; `double`: it came before, as it does if there are two ways;
 * `new-epoch`: perhaps true, but nobody has vouched for the epoch yet: ask.
 */
export type Verdict = 'believed' | 'sig' | 'replay' | 'double' | 'new-epoch';

const VERDICTS = { new: 'believed', seen: 'double', old: 'replay' } as const;

type Heard = Pick<Sealed, 'subject' | 'body'> & { readonly headers: Headers };

/**
 * Decides what of a peer is believed. An epoch counts only once the peer has named it in an answer to a question of ours: what was
 * recorded yesterday carries a true signature, too, but cannot answer what is asked today.
 */
export class Ear {
  /** The highest epoch that an answer has named. */
  epoch = 0;
  private window = new ReplayWindow();

  /** `isDeaf`: nothing is looked at for the time being. */
  constructor(
    private keys: PeerKeys,
    private readonly isDeaf: () => boolean = () => false,
  ) {}

  /** The peer has other keys now. */
  trust(keys: PeerKeys): void {
    this.keys = keys;
  }

  news({ subject, body, headers }: Heard): Verdict {
    const [epoch, count] = [numberIn(headers, HEADERS.epoch), numberIn(headers, HEADERS.count)];
    if (!this.isSigned({ kind: 'news', subject, epoch, count, nonce: '', body }, headers)) return 'sig';
    if (epoch > this.epoch) return 'new-epoch';
    return epoch < this.epoch ? 'replay' : VERDICTS[this.window.admit(count)];
  }

  /** News that the peer has said since this was asked last and that have not come; those of which we do not hear count, too. */
  missed(): number {
    return this.window.missed();
  }

  /** An old question does no harm: whoever asks learns nothing else by asking twice. */
  question({ subject, body, headers }: Heard): Verdict {
    const epoch = numberIn(headers, HEADERS.epoch);
    const nonce = headers[HEADERS.nonce] ?? '';
    if (!this.isSigned({ kind: 'question', subject, epoch, count: 0, nonce, body }, headers)) return 'sig';
    return epoch < this.epoch ? 'replay' : 'believed';
  }

  /** `nonce`: of our question. A higher epoch than before counts from here on. */
  answer({ subject, body, headers }: Heard, nonce: string): Verdict {
    const epoch = numberIn(headers, HEADERS.epoch);
    if (!this.isSigned({ kind: 'answer', subject, epoch, count: 0, nonce, body }, headers)) return 'sig';
    if (epoch < this.epoch) return 'replay';
    if (epoch > this.epoch) this.window = new ReplayWindow();
    this.epoch = epoch;
    return 'believed';
  }

  private isSigned(sealed: Sealed, headers: Headers): boolean {
    const signature = headers[HEADERS.signature] ?? '';
    const isNumbered = Number.isSafeInteger(sealed.epoch) && Number.isSafeInteger(sealed.count);
    return !this.isDeaf() && isNumbered && this.keys.verify(signedBytes(sealed), signature);
  }
}

/** NaN if the header is no number as we write it. */
function numberIn(headers: Headers, name: string): number {
  const text = headers[name] ?? '';
  return /^\d{1,16}$/.test(text) ? Number(text) : NaN;
}
