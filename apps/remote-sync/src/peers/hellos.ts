import type { Bus, Reply, Subscription } from '@l2gw/bus';
import type { CloudSubjects } from './cloud-subjects.js';
import { type Greeting, type Welcome, type WelcomeOrBusy, hello, listDigest } from './hello.js';

/** How often a peer is greeted for certain; after a failure, and when there is reason to, sooner. */
const EVERY_MS = 5000;
const AGAIN_MS = 500;
/** Between two greetings at least. */
const GAP_MS = 100;
const TIMEOUT_MS = 2000;

export interface HellosOptions {
  readonly bus: Bus;
  readonly subjects: CloudSubjects;
  /** Of those who answer for us. */
  readonly queue: string;
  /** The highest epoch of the peer that was seen. */
  readonly seenEpoch: () => number;
  /** Whether what the peer says is passed on. */
  readonly isTransit: () => boolean;
  readonly welcome: () => WelcomeOrBusy;
  readonly onGreeted: (greeting: Greeting) => void;
  readonly onWelcome: (welcome: Welcome) => void;
  readonly onProblem: (error: unknown) => void;
}

/** Greets the peer again and again, for only its answer vouches for its epoch and for all that it shares; and answers its greetings. */
export class Hellos {
  private serving: Subscription | undefined;
  private following: Subscription | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** What the peer has said last of what it shares. */
  private last: Welcome | undefined;
  private isAsking = false;
  private isWanted = false;
  private isStopped = false;

  constructor(private readonly options: HellosOptions) {}

  start(): void {
    const { bus, subjects, queue } = this.options;
    this.serving = bus.serve(subjects.peerHello, queue, (message) => this.answer(message.body));
    this.following = bus.onStatus((connected) => connected && this.soon());
    this.soon();
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
    this.serving?.stop();
    this.following?.stop();
  }

  /** There is reason to greet the peer now; however many reasons come, they do not put it off. */
  soon(): void {
    if (this.isWanted) return;
    this.isWanted = true;
    if (!this.isAsking) this.after(GAP_MS);
  }

  private after(ms: number): void {
    clearTimeout(this.timer);
    if (!this.isStopped) this.timer = setTimeout(() => void this.ask(), ms).unref();
  }

  private async ask(): Promise<void> {
    this.isAsking = true;
    this.isWanted = false;
    const isDone = await this.greet();
    this.isAsking = false;
    this.after(this.isWanted ? GAP_MS : isDone ? EVERY_MS : AGAIN_MS);
  }

  /** False if it is to be tried again soon. */
  private async greet(): Promise<boolean> {
    const { bus, subjects, seenEpoch, isTransit, onWelcome, onProblem } = this.options;
    const greeting = hello.encodeGreeting({
      cloud: subjects.own,
      seenEpoch: seenEpoch(),
      transit: isTransit(),
      ...(this.last === undefined ? {} : { listed: listDigest(this.last) }),
    });
    try {
      const { body } = await bus.request(subjects.ownHello, greeting, { timeoutMs: TIMEOUT_MS });
      const welcome = this.isStopped ? 'busy' : hello.decodeWelcome(body, this.last);
      this.last = welcome === 'busy' ? undefined : welcome;
      if (welcome !== 'busy') onWelcome(welcome);
      return welcome !== 'busy';
    } catch (error) {
      if (!this.isStopped) onProblem(error);
      return false;
    }
  }

  private async answer(body: string): Promise<Reply> {
    const greeting = hello.decodeGreeting(body);
    this.options.onGreeted(greeting);
    return { body: hello.encodeWelcome(this.options.welcome(), greeting) };
  }
}
