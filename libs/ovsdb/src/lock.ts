/** One named lock of one session (RFC 7047 §4.1.8 – §4.1.10). */

import type { Json } from './json.js';
import { isObject } from './json.js';
import { checkedId } from './notation.js';
import type { RequestLimits } from './request-queue.js';
import type { Session } from './session.js';

export class Lock {
  private owned = false;

  /** Tells `changed` whenever ownership comes or goes, once each. Throws NotationError for an illegal name. */
  constructor(
    private readonly session: Session,
    private readonly name: string,
    private readonly changed: (held: boolean) => void,
  ) {
    checkedId(name);
    session.onNotification((method, params) => this.hear(method, params[0]));
  }

  get held(): boolean {
    return this.owned;
  }

  /** Takes the lock or a place in its queue; `held` tells which. Rejects as `Session.request`. */
  async acquire(limits: RequestLimits = {}): Promise<void> {
    const answer = await this.session.request('lock', [this.name], limits);
    if (isObject(answer) && answer['locked'] === true) this.set(true);
  }

  private hear(method: string, name: Json | undefined): void {
    if (name !== this.name) return;
    if (method === 'locked') this.set(true);
    if (method === 'stolen') this.set(false);
  }

  /** A server may say `locked` to the owner again when somebody else stops waiting. */
  private set(held: boolean): void {
    if (this.owned === held) return;
    this.owned = held;
    this.changed(held);
  }
}
