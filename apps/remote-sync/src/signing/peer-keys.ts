import { createPublicKey, type KeyObject, verify } from 'node:crypto';

/** The public keys of a peer. While a peer changes its key it has two, and either will do. */
export class PeerKeys {
  private constructor(private readonly keys: readonly KeyObject[]) {}

  /** `keys`: 32 bytes each, in base64. Throws `RangeError` that names the one that is none. */
  static parse(keys: readonly string[]): PeerKeys {
    return new PeerKeys(keys.map(publicKey));
  }

  verify(bytes: Buffer, signature: string): boolean {
    const raw = Buffer.from(signature, 'base64');
    return raw.length === 64 && this.keys.some((key) => verify(undefined, bytes, key, raw));
  }
}

function publicKey(text: string): KeyObject {
  const raw = Buffer.from(text, 'base64');
  if (raw.length !== 32) throw new RangeError(`not an Ed25519 public key in base64: ${JSON.stringify(text)}`);
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });
}
