/** The other end of a TLS handshake: checked, and remembered when it is the first. */

import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import { checkPeer } from './peer-check.js';
import type { ShownCertificate } from './peer-check.js';
import { writePin } from './pin-file.js';
import type { TlsMaterial } from './tls-material.js';
import { readTlsMaterial } from './tls-material.js';
import type { TlsSettings } from './tls-settings.js';

/** No chain of certificates is longer; OpenSSL verifies no more than a hundred. */
const LONGEST_CHAIN = 20;

/** Throws TlsError. */
export function requireTrusted(name: string, socket: TLSSocket, settings: TlsSettings, material: TlsMaterial): void {
  const doubt = socket.authorized ? undefined : String(socket.authorizationError);
  const certificate = shownBy(socket);
  const pinned = material.pinned?.[0]?.fingerprint256;
  const error = checkPeer(name, { certificate, doubt }, { settings, pinned, now: Date.now() });
  if (error !== undefined) throw error;
}

/** Stores the chain of the first peer, if it is one. Somebody who was quicker decides who that is. Rejects with TlsError. */
export async function rememberFirst(name: string, socket: TLSSocket, settings: TlsSettings): Promise<void> {
  const { trust } = settings;
  if (trust.kind !== 'first-seen') return;
  const material = await readTlsMaterial(settings);
  if (material.pinned === undefined && (await writePin(trust.pinFile, chainOf(socket).map(String).join('')))) return;
  requireTrusted(name, socket, settings, await readTlsMaterial(settings));
}

function shownBy(socket: TLSSocket): ShownCertificate | undefined {
  const [certificate] = chainOf(socket);
  if (certificate === undefined) return undefined;
  const { subject, fingerprint256, validFrom, validTo } = certificate;
  return {
    subject: subject.replaceAll('\n', ', '),
    fingerprint256,
    validFrom: Date.parse(validFrom),
    validTo: Date.parse(validTo),
    isFor: (name) => (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined,
  };
}

/** From the peer's own certificate upwards, as far as it showed them. `getPeerX509Certificate` takes one out of the chain for good. */
function chainOf(socket: TLSSocket): readonly X509Certificate[] {
  const chain: X509Certificate[] = [];
  let each: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  while (each?.raw !== undefined && chain.length < LONGEST_CHAIN) {
    chain.push(new X509Certificate(each.raw));
    each = each.issuerCertificate === each ? undefined : each.issuerCertificate;
  }
  return chain;
}
