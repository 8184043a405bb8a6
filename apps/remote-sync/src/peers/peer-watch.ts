import type { PeerRow } from '@l2gw/contracts';
import { describeStretch } from '../import/describe-stretch.js';
import type { PeerImports } from '../import/peer-imports.js';
import type { Verdict } from '../signing/ear.js';
import { describePeer, type PeerSight } from './describe-peer.js';
import { type Life, Liveness } from './liveness.js';
import type { Session } from './session.js';
import { Staleness } from './staleness.js';
import { Suspicion } from './suspicion.js';

const LOOK_MS = 250;

/** What is seen of the way to the peer. */
export type WaySight = Pick<PeerSight, 'impostor' | 'refusal' | 'problem' | 'clockAheadMs'> & {
  readonly epoch: number;
};

/** Looks at one peer four times a second: whether it lives, what becomes of what it has said when it does not, and tells the API. */
export class PeerWatch {
  readonly suspicion = new Suspicion();
  private readonly liveness = new Liveness();
  private readonly staleness = new Staleness();
  private before: Life = 'never';
  private isStale = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly session: Pick<Session, 'reporter' | 'log'>,
    private peer: PeerRow,
    private readonly imports: PeerImports,
    private readonly way: () => WaySight,
  ) {}

  start(): void {
    this.look();
    this.timer = setInterval(() => this.look(), LOOK_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  become(peer: PeerRow): void {
    this.peer = peer;
    this.look();
  }

  heard(verdict: Verdict): void {
    this.suspicion.heard(verdict);
    if (verdict === 'believed') this.liveness.heard();
    if (verdict === 'believed' && this.before !== 'live') this.look();
  }

  /** The peer has said that it will not be heard for a while. */
  left(): void {
    this.liveness.leave();
    this.look();
  }

  /** The peer has taken back all that it has said. */
  withdrew(): void {
    this.imports.end();
    this.left();
  }

  private look(): void {
    const { life } = this.liveness;
    if (life !== this.before) this.turned(life);
    const isDue = this.staleness.look(life === 'silent', this.peer.staleSeconds);
    if (isDue && !this.isStale) this.expire();
    this.report(life);
  }

  private turned(life: Life): void {
    const { log } = this.session;
    const before = this.before;
    this.before = life;
    this.imports.lives(life === 'live' || life === 'degraded');
    const event = life === 'live' ? 'peer-live' : `peer-${life}`;
    if (life === 'live') log.info(event, { peer: this.peer.cloud });
    else log.warn(event, { peer: this.peer.cloud, said: this.liveness.left ? 'bye' : 'nothing' });
    if (life !== 'live' || before === 'degraded') return;
    this.isStale = false;
    this.imports.resume();
    this.imports.ask();
  }

  private expire(): void {
    this.isStale = true;
    this.session.log.warn('peer-stale', { peer: this.peer.cloud, staleSeconds: this.peer.staleSeconds });
    this.imports.end();
  }

  private report(life: Life): void {
    const { reporter } = this.session;
    const { epoch, ...way } = this.way();
    const { wasHeard, left: hasLeft } = this.liveness;
    const { counts: disbelieved, quarantined: isQuarantined } = this.suspicion;
    const words = describePeer({ life, wasHeard, hasLeft, isQuarantined, ...way });
    reporter.peer(this.peer.peer, { ...words, ...(epoch > 0 ? { epoch } : {}) });
    for (const sight of this.imports.sights())
      reporter.stretch(sight.stretch.connection, describeStretch({ ...sight, life, disbelieved }));
  }
}
