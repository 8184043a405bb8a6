import type { Bus, Message, Reply, Subscription } from '@l2gw/bus';
import { PAGE_LIMIT } from './chunks.js';
import { between, type Random, type Timing } from './clock.js';
import {
  decodeBucketRequest,
  decodeCheckRequest,
  decodeDigestRequest,
  decodeSinceRequest,
  decodeSnapshotRequest,
} from './decode.js';
import { Gate } from './gate.js';
import type { CheckAnswer, TableSource } from './source.js';
import { REQUEST_VERBS, type RequestVerb, TableSubjects } from './subjects.js';
import type { Busy, CheckRequest } from './wire.js';

export interface TableServerOptions extends Timing {
  readonly bus: Bus;
  readonly root?: string;
  readonly source: TableSource;
  /** The queue group of all who answer for this writer. Default `tables`. */
  readonly queue?: string;
  /** The only reader that is answered; everybody if absent. */
  readonly client?: string;
  /** Requests for rows (bucket, snapshot) worked on at a time. Default 4. */
  readonly mostSnapshots?: number;
  /** All other requests worked on at a time. Default 32. */
  readonly mostRequests?: number;
  readonly onProblem?: (error: unknown) => void;
}

/** Answers readers' requests from a `TableSource`; any number of servers share the work. */
export class TableServer {
  private readonly subjects: TableSubjects;
  private readonly random: Random;
  private readonly light: Gate;
  private readonly heavy: Gate;
  private subscriptions: readonly Subscription[] = [];

  constructor(private readonly options: TableServerOptions) {
    this.subjects = new TableSubjects(options.root);
    this.random = options.random ?? Math.random;
    this.light = new Gate(options.mostRequests ?? 32);
    this.heavy = new Gate(options.mostSnapshots ?? 4);
  }

  start(): void {
    if (this.subscriptions.length > 0) return;
    const { bus, queue = 'tables', client } = this.options;
    this.subscriptions = REQUEST_VERBS.map((verb) =>
      bus.serve(this.subjects.requests(verb, client), queue, (message) => this.answer(verb, message)),
    );
  }

  stop(): void {
    for (const subscription of this.subscriptions) subscription.stop();
    this.subscriptions = [];
  }

  private async answer(verb: RequestVerb, message: Message): Promise<Reply> {
    const gate = verb === 'snapshot' || verb === 'bucket' ? this.heavy : this.light;
    const client = this.subjects.clientOfRequest(message.subject) ?? '';
    const answer = await gate.run(() => this.attempt(client, verb, message.body));
    return { body: JSON.stringify(answer ?? this.busy()) };
  }

  /** A source that fails makes the reader come back later instead of wait for nothing. */
  private async attempt(client: string, verb: RequestVerb, body: string): Promise<unknown> {
    try {
      return verb === 'check'
        ? await this.check(client, decodeCheckRequest(body))
        : await this.content(client, verb, body);
    } catch (error) {
      this.options.onProblem?.(error);
      return this.busy();
    }
  }

  private async check(client: string, { tables }: CheckRequest): Promise<CheckAnswer> {
    const names = tables.map(({ table }) => table);
    const readable = await this.options.source.mayRead(client, names);
    const answer = await this.options.source.check(tables.filter(({ table }) => readable.has(table)));
    const refused = names
      .filter((table) => !readable.has(table))
      .map((table) => ({ table, state: 'refused' as const }));
    return { ...answer, differing: [...answer.differing, ...refused] };
  }

  private async content(client: string, verb: Exclude<RequestVerb, 'check'>, body: string): Promise<unknown> {
    const { source } = this.options;
    const { table, ask } = reading(source, verb, body);
    const readable = await source.mayRead(client, [table]);
    return readable.has(table) ? ask() : { state: 'refused' };
  }

  private busy(): Busy {
    return { state: 'busy', retryAfterMs: Math.round(between(200, 800, this.random)) };
  }
}

interface Reading {
  readonly table: string;
  readonly ask: () => Promise<unknown>;
}

function reading(source: TableSource, verb: Exclude<RequestVerb, 'check'>, body: string): Reading {
  switch (verb) {
    case 'since': {
      const { table, revision } = decodeSinceRequest(body);
      return { table, ask: () => source.since(table, revision, PAGE_LIMIT) };
    }
    case 'digest': {
      const { table } = decodeDigestRequest(body);
      return { table, ask: () => source.digests(table) };
    }
    case 'bucket': {
      const { table, bucket } = decodeBucketRequest(body);
      return { table, ask: () => source.bucket(table, bucket) };
    }
    case 'snapshot': {
      const { table, cursor } = decodeSnapshotRequest(body);
      return { table, ask: () => source.snapshot(table, cursor, PAGE_LIMIT) };
    }
  }
}
