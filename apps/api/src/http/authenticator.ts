import { createHash, timingSafeEqual } from 'node:crypto';
import type { Caller } from './caller.js';
import { NeutronError } from './neutron-error.js';

/** Decides who a caller is. Throws a `NeutronError`: 401 for nobody we know, 403 for somebody who is no administrator. */
export abstract class Authenticator {
  abstract authenticate(token: string | undefined): Promise<Caller>;
}

/** Everybody is the administrator; only for an API that listens on loopback. */
export class OpenDoor extends Authenticator {
  override async authenticate(): Promise<Caller> {
    return { user: 'anonymous', projectId: '' };
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
      return [{ hash: Buffer.from(hash, 'hex'), caller: { user, projectId: projectId ?? '' } }];
    });
  }

  override async authenticate(token: string | undefined): Promise<Caller> {
    const hash = createHash('sha256')
      .update(token ?? '')
      .digest();
    const match = this.callers.find((each) => timingSafeEqual(each.hash, hash));
    if (token === undefined || match === undefined) {
      throw new NeutronError(401, 'Unauthorized', 'The request you have made requires authentication.');
    }
    return match.caller;
  }
}
