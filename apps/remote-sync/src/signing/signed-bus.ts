import { randomBytes } from 'node:crypto';
import { type Bus, type Message, type Reply, type RequestOptions, type Subscription } from '@l2gw/bus';
import type { Ear, Verdict } from './ear.js';
import { HEADERS } from './sealed.js';
import type { Voice } from './voice.js';

/** Something was said in the peer's name that is not believed. */
export class NotBelieved extends Error {
  override readonly name = 'NotBelieved';
  constructor(
    readonly verdict: Exclude<Verdict, 'believed'>,
    readonly subject: string,
  ) {
    super(`not believed (${verdict}): ${subject}`);
  }
}

/** The bus between this cloud and one peer: signs all that is said, and passes on only what the peer has signed. */
export class SignedBus implements Bus {
  constructor(
    private readonly bus: Bus,
    private readonly voice: Voice,
    private readonly ear: Ear,
    /** Told of everything that was heard: what is believed shows that the peer lives, the rest is dropped. */
    private readonly heard: (verdict: Verdict, message: Pick<Message, 'subject' | 'body'>) => void,
  ) {}

  get connected(): boolean {
    return this.bus.connected;
  }

  publish(subject: string, body: string): void {
    this.bus.publish(subject, body, this.voice.news(subject, body));
  }

  subscribe(subject: string, handle: (message: Message) => void, options?: { readonly queue?: string }): Subscription {
    const checked = (message: Message): void => {
      if (this.isBelieved(this.ear.news(message), message)) handle(message);
    };
    return this.bus.subscribe(subject, checked, options);
  }

  /** Rejects with `NotBelieved` if the answer is not the peer's, or not to this question. */
  async request(subject: string, body: string, options: RequestOptions): Promise<Message> {
    const nonce = randomBytes(16).toString('base64url');
    const headers = this.voice.question(subject, body, nonce);
    const answer = await this.bus.request(subject, body, { ...options, headers });
    const verdict = this.ear.answer({ ...answer, subject }, nonce);
    if (!this.isBelieved(verdict, { subject, body: answer.body })) throw new NotBelieved(verdict, subject);
    return answer;
  }

  /** Who is not believed gets no answer. */
  serve(subject: string, queue: string, handle: (message: Message) => Promise<Reply>): Subscription {
    return this.bus.serve(subject, queue, async (message) => {
      const verdict = this.ear.question(message);
      if (!this.isBelieved(verdict, message)) throw new NotBelieved(verdict, message.subject);
      const { body } = await handle(message);
      return { body, headers: this.voice.answer(message.subject, body, message.headers[HEADERS.nonce] ?? '') };
    });
  }

  onStatus(listener: (connected: boolean) => void): Subscription {
    return this.bus.onStatus(listener);
  }

  flush(): Promise<void> {
    return this.bus.flush();
  }

  /** Whoever made the bus below closes it. */
  async close(): Promise<void> {}

  private isBelieved(verdict: Verdict, message: Pick<Message, 'subject' | 'body'>): verdict is 'believed' {
    this.heard(verdict, message);
    return verdict === 'believed';
  }
}
