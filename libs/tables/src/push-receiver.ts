import type { Bus, Message, Reply, Subscription } from '@l2gw/bus';
import { between, type Timing } from './clock.js';
import { Gate } from './gate.js';
import { decodePush } from './push-decode.js';
import type { PushStore } from './push-store.js';
import { isTableName, TableSubjects } from './subjects.js';
import type { PushAnswer, PushRefused, PushRequest } from './wire.js';

export interface PushReceiverOptions extends Timing {
  readonly bus: Bus;
  readonly root?: string;
  readonly store: PushStore;
  /** Whether the client may own such a table; the store knows whether there is one. */
  readonly mayPush: (client: string, table: string) => boolean;
  /** The queue group of all receivers. Default `pushes`. */
  readonly queue?: string;
  /** Pushes worked on at a time. Default 16. */
  readonly mostPushes?: number;
  /** Called after a push that may have changed the table, with what changed as far as the push says it. */
  readonly onApplied?: (table: string, request: PushRequest) => void;
  readonly onProblem?: (error: unknown) => void;
}

/** Takes in what agents push and writes it to a `PushStore`; any number of receivers share the work. */
export class PushReceiver {
  private readonly subjects: TableSubjects;
  private readonly gate: Gate;
  private subscription: Subscription | undefined;

  constructor(private readonly options: PushReceiverOptions) {
    this.subjects = new TableSubjects(options.root);
    this.gate = new Gate(options.mostPushes ?? 16);
  }

  start(): void {
    const { bus, queue = 'pushes' } = this.options;
    this.subscription ??= bus.serve(this.subjects.pushes(), queue, (message) => this.answer(message));
  }

  stop(): void {
    this.subscription?.stop();
    this.subscription = undefined;
  }

  private async answer(message: Message): Promise<Reply> {
    const answer = await this.gate.run(() => this.attempt(message));
    return { body: JSON.stringify(answer ?? this.busy()) };
  }

  /** A store that fails makes the agent come back later instead of wait for nothing. */
  private async attempt(message: Message): Promise<PushAnswer> {
    try {
      const source = this.subjects.sourceOfPush(message.subject);
      if (!source || !isTableName(source.table)) return { refused: 'client' };
      if (!this.options.mayPush(source.client, source.table)) return { refused: 'client' };
      return await this.perform(source.table, decodePush(message.body));
    } catch (error) {
      this.options.onProblem?.(error);
      return this.busy();
    }
  }

  private async perform(table: string, push: PushRequest): Promise<PushAnswer> {
    const answer = await ask(this.options.store, table, push);
    if (push.verb !== 'compare') this.options.onApplied?.(table, push);
    return answer;
  }

  private busy(): PushRefused {
    return { refused: 'busy', retryAfterMs: Math.round(between(200, 800, this.options.random ?? Math.random)) };
  }
}

function ask(store: PushStore, table: string, push: PushRequest): Promise<PushAnswer> {
  switch (push.verb) {
    case 'apply':
      return store.apply(table, push);
    case 'compare':
      return store.compare(table, push);
    case 'replace':
      return store.replace(table, push);
    case 'settle':
      return store.settle(table, push);
  }
}
