/** Decides whether a TLS peer is the one that is trusted. */

import { TlsError } from './errors.js';
import type { TlsSettings } from './tls-settings.js';

/** What a handshake has shown. */
export interface ShownPeer {
  /** Undefined: no certificate at all. */
  readonly certificate: ShownCertificate | undefined;
  /** In OpenSSL's words (openssl-verification-options(1)), why the trusted authorities do not vouch for it. */
  readonly doubt: string | undefined;
}

export interface ShownCertificate {
  readonly subject: string;
  readonly fingerprint256: string;
  /** Milliseconds since 1970. */
  readonly validFrom: number;
  readonly validTo: number;
  /** RFC 6125: one of its names, or its common name if it has none; an address only if it is one of its addresses. */
  readonly isFor: (name: string) => boolean;
}

export interface Expected {
  readonly settings: Pick<TlsSettings, 'trust' | 'peerName'>;
  /** Of the certificate that was seen first. */
  readonly pinned: string | undefined;
  readonly now: number;
}

/** What is wrong with the peer, or nothing. A first-seen peer that nobody has seen yet is only asked for a valid certificate. */
export function checkPeer(name: string, { certificate, doubt }: ShownPeer, expected: Expected): TlsError | undefined {
  const { trust, peerName } = expected.settings;
  if (certificate === undefined) return new TlsError(`${name} shows no certificate`);
  const { subject } = certificate;
  const stale = outOfTime(certificate, expected.now);
  if (stale !== undefined) return new TlsError(`the certificate of ${name} (${subject}) ${stale}`);
  if (trust.kind === 'authority' && doubt !== undefined) {
    return new TlsError(`${trust.caFile} does not vouch for the certificate of ${name} (${subject}): ${doubt}`);
  }
  if (trust.kind === 'first-seen' && isOther(certificate, doubt, expected.pinned)) {
    return new TlsError(
      `${name} shows another certificate (${subject}) than the one stored in ${trust.pinFile}; ` +
        `if it was given a new one, remove that file`,
    );
  }
  if (peerName === undefined || certificate.isFor(peerName)) return undefined;
  return new TlsError(`the certificate of ${name} (${subject}) is not one for ${peerName}`);
}

/** A chain that was seen up to its authority is trusted by this authority, so that the peer's own certificate may be renewed. */
function isOther({ fingerprint256 }: ShownCertificate, doubt: string | undefined, pinned: string | undefined): boolean {
  return pinned !== undefined && doubt !== undefined && fingerprint256 !== pinned;
}

function outOfTime({ validFrom, validTo }: ShownCertificate, now: number): string | undefined {
  if (now < validFrom) return `is not valid before ${new Date(validFrom).toISOString()}; see the clocks`;
  return now > validTo ? `expired on ${new Date(validTo).toISOString()}` : undefined;
}
