/** Waits for one server that dials in, and lets everybody else go. */

import { setMaxListeners } from 'node:events';
import { TLSSocket } from 'node:tls';
import type { AdmissionLimits } from './admission.js';
import { DEFAULT_ADMISSION } from './admission.js';
import type { PassiveEndpoint } from './endpoint.js';
import { isSecured } from './endpoint.js';
import type { OvsdbError } from './errors.js';
import { SessionClosed, Stranger, Superseded } from './errors.js';
import { DEFAULT_FRAMING_LIMITS } from './framing.js';
import type { Caller } from './listener.js';
import { Listener } from './listener.js';
import { reasonOf } from './reason-of.js';
import type { RequestLimits } from './request-queue.js';
import type { DialSettings, SessionSource } from './session-source.js';
import { requireTls } from './session-source.js';
import { Session } from './session.js';
import { rememberFirst } from './tls-peer.js';
import { acceptTls } from './tls-stream.js';
import type { TlsSettings } from './tls-settings.js';

export interface PassiveSettings {
  /** Whether the other end is the server that is waited for; an address says nothing of it. A rejection is a no with a reason. */
  readonly identify: (session: Session, limits: RequestLimits) => Promise<boolean>;
  /** For each step until a caller is known. Default 5 s. */
  readonly patienceMs?: number;
  readonly admission?: AdmissionLimits;
  readonly listening?: (endpoint: PassiveEndpoint) => void;
  /** Somebody was let go; `turnedAway`: so many more were not even listened to since the last time. */
  readonly stranger?: (caller: {
    readonly from: string;
    readonly reason: OvsdbError;
    readonly turnedAway: number;
  }) => void;
}

const PATIENCE_MS = 5_000;
/** A session that was healthy a moment ago answers sooner. */
const PROOF_OF_LIFE_MS = 2_000;
/** What a stranger may say at a time: the answers that identify a server are short. */
const STRANGERS_WORDS = { maxBytes: 64 * 1024, maxDepth: 100 };

/** The listener stays open from the first `next` to `stop`; whoever comes between two sessions waits for the second. */
export class Reception implements SessionSource {
  private readonly listener: Listener;
  private readonly ending = new AbortController();
  private readonly tls: TlsSettings | undefined;
  private current: Session | undefined;
  private waiting: Session | undefined;
  private welcome: (session: Session) => void = () => undefined;

  /** Throws EndpointError if the endpoint is one of TLS and nothing is said of TLS. */
  constructor(
    endpoint: PassiveEndpoint,
    private readonly settings: DialSettings,
    private readonly passive: PassiveSettings,
  ) {
    this.tls = isSecured(endpoint) ? requireTls(endpoint, settings.tls) : undefined;
    this.listener = new Listener(
      endpoint,
      passive.admission ?? DEFAULT_ADMISSION,
      (caller) => void this.receive(caller),
    );
    setMaxListeners(0, this.ending.signal);
  }

  async next(signal: AbortSignal): Promise<Session> {
    this.current = undefined;
    await this.listen();
    const session = this.waiting?.open === true ? this.waiting : await this.arrival(signal);
    this.waiting = undefined;
    this.current = session;
    return session;
  }

  async stop(): Promise<void> {
    this.listener.close();
    this.ending.abort(new SessionClosed('nobody is waited for any more'));
  }

  private async listen(): Promise<void> {
    if (this.listener.listening) return;
    const endpoint = await this.listener.listen();
    if (this.ending.signal.aborted) this.listener.close();
    this.passive.listening?.(endpoint);
  }

  private arrival(signal: AbortSignal): Promise<Session> {
    return new Promise((resolve, reject) => {
      const giveUp = () => reject(new SessionClosed('closed by this side', signal.reason));
      signal.addEventListener('abort', giveUp, { once: true });
      this.welcome = (session) => {
        signal.removeEventListener('abort', giveUp);
        this.welcome = () => undefined;
        resolve(session);
      };
      if (signal.aborted) giveUp();
    });
  }

  private async receive(caller: Caller): Promise<void> {
    caller.socket.on('error', () => undefined);
    try {
      const session = await this.meet(caller);
      this.welcomeOrKeep(session);
    } catch (error) {
      caller.socket.destroy();
      const turnedAway = this.listener.takeRefusals();
      if (!this.ending.signal.aborted)
        this.passive.stranger?.({ from: caller.name, reason: reasonOf(error), turnedAway });
    } finally {
      caller.leave();
    }
  }

  /** From the bytes to a session with the right server. */
  private async meet({ socket, name }: Caller): Promise<Session> {
    const limits = { timeoutMs: this.passive.patienceMs ?? PATIENCE_MS, signal: this.ending.signal };
    const { tls } = this;
    const stream = tls === undefined ? socket : await acceptTls(socket, name, tls, limits);
    const session = new Session(stream, { ...this.settings.session, framing: STRANGERS_WORDS, signal: limits.signal });
    if (!(await this.passive.identify(session, limits))) {
      throw new Stranger(`${name} is another server than the one that is waited for`);
    }
    if (tls !== undefined && stream instanceof TLSSocket) await rememberFirst(name, stream, tls);
    session.allow(DEFAULT_FRAMING_LIMITS);
    return session;
  }

  /** The last to come is the one that lives, should the others not answer; one that answers is not disturbed. */
  private welcomeOrKeep(session: Session): void {
    this.waiting?.close(new Superseded('the server has dialled in once more'));
    this.waiting = session;
    this.welcome(session);
    const before = this.current;
    if (before !== undefined) void this.replaceIfDead(before);
  }

  private async replaceIfDead(session: Session): Promise<void> {
    if (await session.answers(PROOF_OF_LIFE_MS)) return;
    session.close(new Superseded('the server has dialled in anew, and does not answer in the session it had'));
  }
}
