/** Reads the certificates and keys that a handshake needs. */

import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { SecureContextOptions } from 'node:tls';
import { createSecureContext } from 'node:tls';
import { TlsError } from './errors.js';
import { codeOf } from './pin-file.js';
import type { OwnCertificate, TlsSettings, Trust } from './tls-settings.js';

export interface TlsMaterial {
  /** Good enough for a context; whether the peer is trusted is another question. */
  readonly options: SecureContextOptions;
  /** The chain that was seen first, the peer's own certificate in front; undefined if there is none, or none is wanted. */
  readonly pinned: readonly X509Certificate[] | undefined;
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Rejects with a TlsError that names the file. */
export async function readTlsMaterial({ trust, own }: TlsSettings): Promise<TlsMaterial> {
  const trusted = await readTrusted(trust);
  const ours = own === undefined ? {} : await readOwn(own);
  try {
    const options: SecureContextOptions = { ...ours, ca: trusted.map(String), minVersion: 'TLSv1.2' };
    createSecureContext(options);
    return { options, pinned: trust.kind === 'first-seen' && trusted.length > 0 ? trusted : undefined };
  } catch (cause) {
    throw new TlsError(`cannot use ${own?.certFile} with ${own?.keyFile}: ${codeOf(cause)}`, cause);
  }
}

async function readTrusted(trust: Trust): Promise<readonly X509Certificate[]> {
  if (trust.kind === 'authority') return certificatesIn(trust.caFile, await read(trust.caFile));
  const pem = await readIfThere(trust.pinFile);
  return pem === undefined ? [] : certificatesIn(trust.pinFile, pem);
}

async function readOwn({
  certFile,
  keyFile,
}: OwnCertificate): Promise<{ readonly cert: string; readonly key: string }> {
  return { cert: await read(certFile), key: await read(keyFile) };
}

function certificatesIn(path: string, pem: string): readonly X509Certificate[] {
  try {
    const certificates = (pem.match(CERTIFICATE) ?? []).map((each) => new X509Certificate(each));
    if (certificates.length > 0) return certificates;
  } catch (cause) {
    throw new TlsError(`${path} holds something that is not a certificate: ${codeOf(cause)}`, cause);
  }
  throw new TlsError(`${path} holds no certificate`);
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new TlsError(`cannot read ${path}: ${codeOf(cause)}`, cause);
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined;
    throw new TlsError(`cannot read ${path}: ${codeOf(cause)}`, cause);
  }
}
