import type { MacAddress } from '@l2gw/l2';
import type { ReplicaChange, StopListening } from '@l2gw/tables';
import { FLOOD_KEY, type StretchTableRow, encodeMac } from '../peers/stretch-rows.js';
import type { HeardRows } from '../tables/prepared-rows.js';
import type { Way } from '../ways/way.js';
import { Acceptance, type Refusals, type Saying } from './acceptance.js';
import { Backlog } from './backlog.js';
import { type ImportTerms, type Resolve, resolveImport } from './resolve-import.js';
import type { Reservation, Room } from './room.js';
import { Spellings } from './spellings.js';

/**
 * What is accepted of one stretch by one way, pushed to the API if that way counts. Nothing is pushed before the peer's table is known whole: until then the API keeps
 * what it has, and afterwards exactly what is gone goes. A table is judged in slices; what changes meanwhile is judged as it comes.
 */
export class StretchImport {
  private readonly acceptance: Acceptance;
  private readonly spellings: Spellings;
  private readonly stopListening: StopListening;
  private readonly review: Backlog<string>;
  private readonly reservation: Reservation;
  private resolve: Resolve;
  /** The peer has taken back what it said, or its time is over. */
  private isOver = false;
  /** Something has come before the table was whole and was not judged as it is to be judged now. */
  private isBehind: boolean;

  constructor(
    private terms: ImportTerms,
    private readonly rows: HeardRows<StretchTableRow>,
    private readonly target: Way,
    private readonly room: Room,
  ) {
    this.acceptance = new Acceptance(room);
    this.spellings = new Spellings(rows);
    this.resolve = this.newResolve();
    this.isBehind = rows.keys().next().done !== true;
    this.review = new Backlog((key) => this.judgeKey(key));
    this.reservation = room.reserve();
    this.stopListening = rows.onChange((change) => this.changed(change));
    target.onRecalled(() => this.recalled());
  }

  get accepted(): number {
    return this.acceptance.size;
  }

  get refusals(): Refusals {
    return this.rows.undecodable > 0
      ? { ...this.acceptance.refusals, unreadable: this.rows.undecodable }
      : this.acceptance.refusals;
  }

  /** Whether the peer wants frames that go to everybody; undefined if it has not said. */
  get theirFlood(): boolean | undefined {
    const row = this.rows.get(FLOOD_KEY);
    return row?.kind === 'flood' ? row.flood : undefined;
  }

  /** Whether it is accepted, or was before. */
  keeps(key: string): boolean {
    return this.acceptance.has(key) || this.acceptance.remembered.has(key);
  }

  /** All MACs that the peer speaks of; of rows that are not understood, the keys. */
  names(): ReadonlySet<string> {
    const names = new Set<string>();
    for (const key of this.rows.keys())
      if (key !== FLOOD_KEY) names.add((this.rows.get(key) && this.spellings.macOf(key)) ?? key);
    return names;
  }

  /** What it says under such a name, and what became of it. */
  sayingOf(name: string): Saying {
    const mac = this.spellings.macOf(name);
    const said = mac && this.spellings.rowOf(mac);
    if (mac === undefined || said === undefined) return { accepted: false, refused: ['unreadable'] };
    return { said, ...this.acceptance.fateOf(mac) };
  }

  become(terms: ImportTerms): void {
    if (terms.peer === this.terms.peer && terms.stretch === this.terms.stretch) return;
    this.terms = terms;
    this.isBehind = true;
    this.judgeAll();
  }

  /** Everything that was accepted goes at once, also what a predecessor has pushed. */
  end(): void {
    this.isOver = true;
    this.isBehind = true;
    this.review.stop();
    this.acceptance.clear();
    this.forget();
    this.target.clear();
  }

  /** What the peer says counts again. */
  resume(): void {
    if (!this.isOver) return;
    this.isOver = false;
    this.judgeAll();
  }

  /** Somebody else has made room. */
  roomMade(): void {
    if (!this.isOver) this.admitLate();
  }

  /** Its rows stay at the API until somebody says otherwise. */
  stop(): void {
    this.isOver = true;
    this.stopListening();
    this.review.stop();
    this.acceptance.clear();
    this.forget();
    this.target.leave();
  }

  private changed({ keys, nowComplete }: ReplicaChange): void {
    if (!this.rows.complete) return this.comes(keys);
    if (this.isOver) return;
    const isDue = nowComplete ? this.isBehind : !this.target.isOpen && !this.review.isRunning;
    if (isDue || keys.length > MANY || keys.includes(FLOOD_KEY)) return this.judgeAll();
    for (const key of keys) this.judgeKey(key);
    if (nowComplete) this.reviewed();
    else this.admitLate();
  }

  /** Not all is known yet, but where the peer's end is must be. */
  private comes(keys: readonly string[]): void {
    this.isBehind ||= this.isOver || !this.target.isUntold || this.rows.get(FLOOD_KEY) === undefined;
    if (this.isBehind) return;
    if (keys.includes(FLOOD_KEY)) this.resolve = this.newResolve();
    for (const key of keys) this.judgeKey(key);
  }

  /** What the API holds was accepted before, and is to be so again. */
  private recalled(): void {
    const { memory = NOTHING } = this.target;
    if (!this.isOver) this.acceptance.remembered = new Set(memory.keys());
    this.reservation.become(memory.size);
    this.judgeAll();
  }

  /** Nobody is waited for any more. */
  private forget(): void {
    this.acceptance.remembered.clear();
    this.reservation.release();
  }

  /** What is gone gives its room to the others first. */
  private judgeAll(): void {
    if (!this.rows.complete || this.isOver || this.target.memory === undefined) return;
    this.resolve = this.newResolve();
    for (const mac of this.acceptance.known()) if (this.spellings.rowOf(mac) === undefined) this.judge(mac);
    const keys = [...this.rows.entries()].map(([key]) => key);
    this.review.begin(keys, () => this.reviewed());
  }

  private reviewed(): void {
    this.forget();
    this.target.keepOnly((key) => this.acceptance.has(key));
    this.admitLate();
    this.target.open();
    this.room.changed();
  }

  private judgeKey(key: string): void {
    const mac = this.spellings.macOf(key);
    if (mac !== undefined) this.judge(mac);
  }

  /** Who was accepted before gives up the room that was kept, and takes it. */
  private judge(mac: MacAddress): void {
    if (this.acceptance.remembered.has(mac)) this.reservation.give();
    const row = this.acceptance.judge(mac, this.spellings.rowOf(mac), this.resolve);
    if (row === undefined) this.target.drop(mac);
    else this.target.put(mac, encodeMac(row));
  }

  private admitLate(): void {
    for (let mac = this.acceptance.nextLate; mac !== undefined; mac = this.acceptance.nextLate) {
      if (!this.room.has(this.acceptance.claimed)) return this.room.lacks();
      this.judge(mac);
    }
  }

  private newResolve(): Resolve {
    const flood = this.rows.get(FLOOD_KEY);
    return resolveImport(this.terms.peer, this.terms.stretch, flood?.kind === 'flood' ? flood.vtep : []);
  }
}

/** More changes at once than a page brings are judged as the whole table is. */
const MANY = 2000;

const NOTHING: ReadonlyMap<string, object> = new Map();
