import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';

/** What stands before the 32 bytes of an Ed25519 private key in PKCS #8 (RFC 8410 §7). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The Ed25519 key by which other clouds know this one (RFC 8032). */
export class OwnKey {
  private constructor(private readonly key: KeyObject) {}

  /** Reads PEM, or the 32 bytes in base64. Throws `RangeError`, without the text. */
  static parse(text: string): OwnKey {
    const key = text.includes('-----BEGIN') ? fromPem(text) : fromRaw(text);
    if (key?.asymmetricKeyType !== 'ed25519')
      throw new RangeError('not an Ed25519 private key, neither as PEM nor as 32 bytes in base64');
    return new OwnKey(key);
  }

  /** The 32 bytes of the public key in base64: what the operator of a peer has to be given. */
  get publicKey(): string {
    const { x = '' } = createPublicKey(this.key).export({ format: 'jwk' });
    return Buffer.from(x, 'base64url').toString('base64');
  }

  /** Base64. */
  sign(bytes: Buffer): string {
    return sign(undefined, bytes, this.key).toString('base64');
  }
}

function fromPem(text: string): KeyObject | undefined {
  try {
    return createPrivateKey(text);
  } catch {
    return undefined; // what the library says of it might quote the key
  }
}

function fromRaw(text: string): KeyObject | undefined {
  const bytes = Buffer.from(text.trim(), 'base64');
  if (bytes.length !== 32) return undefined;
  return createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, bytes]), format: 'der', type: 'pkcs8' });
}
