import { MemoryTables, type ReplicaChange, TablePublisher, TableReader, TableServer } from '../src/index.js';
import type { MemoryTablesOptions, Replica } from '../src/index.js';
import { chanceFrom } from './chance.js';
import { ModelBus, type ModelClient } from './model-bus.js';
import { VirtualClock } from './virtual-clock.js';

export const T = 'network/n1';
export const put = (key: string, value: unknown = 1) => ({ key, row: { value } });

/** A writer, its server and a reader, in virtual time and fair weather. */
export class Cloud {
  readonly clock = new VirtualClock();
  readonly net = new ModelBus(this.clock, chanceFrom(1));
  readonly tables: MemoryTables;
  readonly publisher: TablePublisher;
  readonly server: TableServer;
  readonly reader: TableReader;
  readonly readerBus: ModelClient = this.net.client();
  readonly problems: unknown[] = [];
  readonly silences: boolean[] = [];

  constructor(options: Partial<MemoryTablesOptions> = {}, mostSnapshots = 4) {
    const { clock } = this;
    const random = chanceFrom(2);
    const bus = this.net.client();
    this.tables = new MemoryTables({ epoch: 'e', ...options });
    const position = () => this.tables.now();
    this.publisher = new TablePublisher({ bus, writer: 'api', instance: 'i1', clock, position });
    this.server = new TableServer({ bus, source: this.tables, random, mostSnapshots });
    this.reader = new TableReader({
      bus: this.readerBus,
      client: 'r',
      writer: 'api',
      clock,
      random,
      onProblem: (problem) => this.problems.push(problem),
      onSilence: (silent) => this.silences.push(silent),
    });
    this.publisher.start();
    this.server.start();
    this.reader.start();
  }

  follow(table = T): Replica<unknown> {
    return this.reader.follow(table, decode, { persist: true });
  }

  write(...ops: Parameters<MemoryTables['write']>[1]): void {
    this.publisher.publish(this.tables.epoch, [this.tables.write(T, ops)]);
  }

  /** How many requests were sent since the last time this was asked. */
  requests(): readonly string[] {
    return this.net.sent.splice(0).filter((subject) => subject.includes('.req.'));
  }
}

function decode(key: string, raw: unknown): unknown {
  if (typeof raw === 'object' && raw && 'value' in raw && raw.value !== 'bad') return raw.value;
  throw new Error(`${key} cannot be decoded`);
}

export function changesOf(replica: Replica<unknown>): ReplicaChange[] {
  const changes: ReplicaChange[] = [];
  replica.onChange((change) => changes.push(change));
  return changes;
}
