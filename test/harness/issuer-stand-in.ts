/** As much of an OpenID Connect issuer as the API asks for: its configuration and its keys, which can be changed. */
import { randomUUID } from 'node:crypto';
import { type JWK, type KeyLike, SignJWT, exportJWK, generateKeyPair } from 'jose';
import type { Certificate } from './certificate.js';
import { StandInServer } from './stand-in-server.js';

export interface Claims {
  readonly [name: string]: unknown;
}

interface SigningKey {
  readonly privateKey: KeyLike;
  readonly jwk: JWK;
}

const ALGORITHM = 'ES256';

export async function startIssuer(certificate?: Certificate): Promise<IssuerStandIn> {
  const issuer = new IssuerStandIn(await signingKey(), certificate);
  await issuer.server.start();
  return issuer;
}

export class IssuerStandIn {
  readonly server: StandInServer;

  constructor(
    private key: SigningKey,
    certificate?: Certificate,
  ) {
    this.server = new StandInServer(({ what }) => {
      if (what === 'GET /.well-known/openid-configuration') {
        return { status: 200, body: { issuer: this.url, jwks_uri: `${this.url}/keys` } };
      }
      if (what === 'GET /keys') return { status: 200, body: { keys: [this.key.jwk] } };
      return { status: 404, body: {} };
    }, certificate);
  }

  get url(): string {
    return this.server.url;
  }

  /** From now on it signs with another key, and vouches for no older one. */
  async changeKey(): Promise<void> {
    this.key = await signingKey();
  }

  get publicKey(): JWK {
    return this.key.jwk;
  }

  /** A token for five minutes; claims that are given go before those that are usual, and `undefined` leaves one out. */
  sign(claims: Claims = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const usual = { iss: this.url, aud: 'l2gw', sub: 'u-1', iat: now, exp: now + 300, jti: randomUUID() };
    return new SignJWT({ ...usual, ...claims })
      .setProtectedHeader({ alg: ALGORITHM, kid: String(this.key.jwk.kid) })
      .sign(this.key.privateKey);
  }
}

async function signingKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM);
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid: randomUUID(), alg: ALGORITHM, use: 'sig' } };
}
