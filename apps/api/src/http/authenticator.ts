import { createHash, timingSafeEqual } from 'node:crypto';
import type { Caller } from './caller.js';
import { NeutronError } from './neutron-error.js';

/** Decides who a caller is. Throws a `NeutronError`: 401 for nobody we know, 503 if whoever knows cannot be asked. */
export abstract class Authenticator {
  abstract authenticate(token: string | undefined): Promise<Caller>;
}

/** `challenge` says by what one could prove who one is (RFC 9110 §11.6.1). */
export function unauthorized(challenge: string): NeutronError {
  return new NeutronError(401, 'Unauthorized', 'The request you have made requires authentication.', {
    headers: { 'WWW-Authenticate': challenge },
  });
}

/** RFC 6750 §3: who has presented a token is told that it was not good. */
export function bearerChallenge(token: string | undefined): string {
  return token === undefined ? 'Bearer realm="l2gw"' : 'Bearer realm="l2gw", error="invalid_token"';
}

/** Everybody is the administrator; only for an API that listens on loopback. */
export class OpenDoor extends Authenticator {
  override async authenticate(): Promise<Caller> {
    return { userId: 'anonymous', user: 'anonymous', projectId: '', admin: true };
  }
}

/** Administrators' tokens from a file: one a line, `SHA256-HEX NAME [PROJECT]`; `#` starts a comment. */
export class TokenFile extends Authenticator {
  private readonly callers: readonly { readonly hash: Buffer; readonly caller: Caller }[];

  /** Throws `RangeError` that names the first line that is not understood, without showing it. */
  constructor(content: string) {
    super();
    this.callers = content.split('\n').flatMap((line, index) => {
      const words = line.replace(/#.*/, '').trim().split(/\s+/);
      if (words[0] === '') return [];
      const [hash, user, projectId] = words;
      if (hash === undefined || !/^[0-9a-f]{64}$/i.test(hash) || user === undefined) {
        throw new RangeError(`line ${index + 1} is not SHA256-HEX NAME [PROJECT]`);
      }
      const caller = { userId: user, user, projectId: projectId ?? '', admin: true };
      return [{ hash: Buffer.from(hash, 'hex'), caller }];
    });
  }

  override async authenticate(token: string | undefined): Promise<Caller> {
    const hash = createHash('sha256')
      .update(token ?? '')
      .digest();
    const match = this.callers.find((each) => timingSafeEqual(each.hash, hash));
    if (token === undefined || match === undefined) throw unauthorized(bearerChallenge(token));
    return match.caller;
  }
}
