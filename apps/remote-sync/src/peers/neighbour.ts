import type { Bus, Message, Subscription } from '@l2gw/bus';
import type { PeerRow, SyncRefreshed } from '@l2gw/contracts';
import { PeerExports } from '../export/peer-exports.js';
import { PeerImports } from '../import/peer-imports.js';
import type { Hearing } from '../inspect/rib-page.js';
import { Ear, type Verdict } from '../signing/ear.js';
import { PeerKeys } from '../signing/peer-keys.js';
import { SignedBus } from '../signing/signed-bus.js';
import { Voice } from '../signing/voice.js';
import { Acquaintance } from './acquaintance.js';
import { CloudSubjects } from './cloud-subjects.js';
import { groupStretches } from './group-stretches.js';
import type { Greeting, Listed, Welcome, WelcomeOrBusy } from './hello.js';
import { Hellos } from './hellos.js';
import { type Notice, notice } from './notice.js';
import { type PeerLife, decodeLife } from './peer-life.js';
import { PeerLink } from './peer-link.js';
import { PeerWatch, type WaySight } from './peer-watch.js';
import type { WantedPeer } from './resolve-neighbours.js';
import { type Session, queueOf } from './session.js';

/** What is lost with a neighbour that stops: nothing, for it or its successor comes again; or all that either has said. */
export type Farewell = 'quiet' | 'bye' | 'withdraw';

/** One peer in one session: the way to it, what it is told, what it tells. */
export class Neighbour {
  private readonly subjects: CloudSubjects;
  private readonly link: PeerLink;
  private readonly ear: Ear;
  private readonly bus: Bus;
  private readonly exports: PeerExports;
  private readonly imports: PeerImports;
  private readonly hellos: Hellos;
  private readonly watch: PeerWatch;
  private readonly acquaintance = new Acquaintance();
  private notices: Subscription | undefined;
  private shared = '';
  private isTurning = false;
  private isStopped = false;
  private clockAheadMs = 0;

  /** Throws `RangeError` if a key of the peer is none. */
  constructor(
    private readonly session: Session,
    private peer: PeerRow,
  ) {
    const { cloud, key, epoch, secretsDir, bus: ownBus } = session;
    this.subjects = new CloudSubjects(cloud, peer.cloud);
    this.ear = new Ear(PeerKeys.parse(peer.keys), () => this.watch.suspicion.quarantined);
    this.link = new PeerLink({ peer, cloud, secretsDir, ownBus });
    const heard = (verdict: Verdict, message: Heard): void => this.heard(verdict, message);
    this.bus = new SignedBus(this.link.bus, new Voice(key, epoch), this.ear, heard);
    this.exports = new PeerExports(session, this.subjects, this.bus, () => this.turned());
    this.imports = new PeerImports(session, this.subjects, this.bus, peer);
    this.hellos = this.newHellos();
    this.watch = new PeerWatch(session, peer, this.imports, () => this.sight());
  }

  start(wanted: WantedPeer, others: readonly WantedPeer[]): void {
    this.become(wanted, others);
    this.notices = this.bus.subscribe(this.subjects.peerNotice, ({ body }) => this.noticed(body));
    this.exports.start();
    this.imports.start();
    this.hellos.start();
    this.watch.start();
  }

  /** Nothing but the way to the peer may have changed; that needs another neighbour. */
  become({ peer, stretches }: WantedPeer, others: readonly WantedPeer[]): void {
    if (peer.keys.join() !== this.peer.keys.join()) this.ear.trust(PeerKeys.parse(peer.keys));
    if (peer.transit !== this.peer.transit) this.hellos.soon();
    this.peer = peer;
    const groups = groupStretches(stretches);
    this.exports.become(peer, groups, others);
    this.imports.become(peer, groups, others);
    for (const { connection } of groups.clashing) this.session.reporter.stretch(connection, CLASH);
    this.watch.become(peer);
    this.tellIfChanged();
  }

  /** Compares everything with the peer once more, also what each of us shares. */
  refresh(): Promise<SyncRefreshed> {
    this.hellos.soon();
    return this.imports.refresh();
  }

  /** What the peer says now. */
  hearings(): readonly Hearing[] {
    return this.imports.hearings();
  }

  async stop(farewell: Farewell): Promise<void> {
    this.isStopped = true;
    if (farewell === 'withdraw') this.imports.end();
    this.notices?.stop();
    this.watch.stop();
    this.hellos.stop();
    this.imports.stop();
    this.exports.stop();
    if (farewell !== 'quiet') this.say(farewell);
    if (farewell !== 'quiet') await this.bus.flush();
    await this.link.close();
  }

  /** Many ways may turn at once. */
  private turned(): void {
    if (this.isTurning) return;
    this.isTurning = true;
    queueMicrotask(() => {
      this.isTurning = false;
      if (!this.isStopped) this.tellIfChanged();
    });
  }

  /** The peer asks what we share, and pass on, then. */
  private tellIfChanged(): void {
    const own = this.exports.list().map(({ segId, vtep }) => [segId, vtep]);
    const relayed = this.exports.listRelayed().map(({ rows: _, ...each }) => each);
    const shared = JSON.stringify([own, relayed]);
    if (shared !== this.shared) this.say('changed');
    this.shared = shared;
  }

  private say(what: Notice): void {
    this.bus.publish(this.subjects.ownNotice, notice.encode(what));
  }

  private noticed(body: string): void {
    const what = notice.decode(body);
    if (what === 'changed') return this.hellos.soon();
    if (what === 'withdraw') return this.watch.withdrew();
    this.watch.left();
  }

  private heard(verdict: Verdict, { subject, body }: Heard): void {
    this.watch.heard(verdict);
    if (verdict === 'new-epoch') this.hellos.soon();
    if (verdict === 'believed' && subject === this.subjects.peerLife) this.lives(decodeLife(body));
  }

  private lives({ revision, at }: PeerLife): void {
    this.clockAheadMs = at - Date.now();
    this.session.reporter.lag(this.peer.cloud, -this.clockAheadMs / 1000);
    if (this.ear.missed() > 0) this.imports.ask();
    else this.imports.reached(revision);
  }

  private newHellos(): Hellos {
    const { bus, subjects } = this;
    return new Hellos({
      bus,
      subjects,
      queue: queueOf(this.session),
      seenEpoch: () => this.ear.epoch,
      welcome: () => this.welcome(),
      isTransit: () => this.peer.transit === true,
      onGreeted: (greeting) => this.greeted(greeting),
      onWelcome: (welcome) => this.welcomed(welcome),
      onProblem: (error) => this.failed(error),
    });
  }

  private greeted({ seenEpoch, transit }: Greeting): void {
    this.session.isBehind(seenEpoch);
    this.exports.greeted(transit);
  }

  /** Before the API has confirmed what is shared, nobody is to take our not naming it for its end. */
  private welcome(): WelcomeOrBusy {
    if (!this.session.tables.sync.confirmed) return 'busy';
    return { cloud: this.subjects.own, stretches: this.exports.list(), relayed: this.exports.listRelayed() };
  }

  private welcomed(welcome: Welcome): void {
    const isThePeer = this.acquaintance.answered(welcome.cloud, this.peer.cloud);
    this.imports.shared(isThePeer ? welcome : NOTHING);
  }

  private failed(error: unknown): void {
    this.session.log.debug('peer-not-greeted', { peer: this.peer.cloud, error });
    this.acquaintance.failed(error, this.ear.epoch);
  }

  private sight(): WaySight {
    const { clockAheadMs } = this;
    return { ...this.acquaintance.sight(this.link), clockAheadMs, epoch: this.ear.epoch };
  }
}

type Heard = Pick<Message, 'subject' | 'body'>;

const NOTHING: Listed = { stretches: [], relayed: [] };

const CLASH = {
  state: 'unmatched',
  reason: 'another network is shared with the peer by the same number',
  accepted: 0,
  refused: {},
} as const;
