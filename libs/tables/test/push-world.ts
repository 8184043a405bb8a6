import { MemoryPushStore, PushReceiver, PushWriter } from '../src/index.js';
import { chanceFrom } from './chance.js';
import { ModelBus, type ModelClient } from './model-bus.js';
import type { Value } from './reader-world.js';
import { VirtualClock } from './virtual-clock.js';

export const TABLE = 'learned/s1';

/** One agent that pushes a table, its paused predecessors, two receivers on one store; all in virtual time. */
export class PushWorld {
  readonly clock = new VirtualClock();
  readonly net: ModelBus;
  readonly store = new MemoryPushStore();
  writer: PushWriter<Value>;
  /** What the agent's switch holds. */
  private readonly random;
  private readonly receivers: PushReceiver[] = [];
  private readonly predecessors: PushWriter<Value>[] = [];
  private bus: ModelClient;
  private epoch = 0;
  private active = 0;
  private saved: () => void;

  constructor(
    seed: number,
    /** How often the agent has its digest confirmed. */
    private readonly verifyMs: readonly [number, number] = [60_000, 120_000],
  ) {
    this.random = chanceFrom(seed);
    this.net = new ModelBus(this.clock, this.random);
    this.saved = this.store.save(TABLE);
    for (const _ of [0, 1]) this.receivers.push(this.newReceiver());
    this.receivers[this.active]?.start();
    this.bus = this.net.client();
    this.writer = this.newWriter();
    this.reopen();
  }

  /** The agent wins its lock again. */
  reopen(epoch = this.epoch + 1): void {
    this.epoch = epoch;
    this.store.issue(TABLE, this.epoch);
    this.writer.open(this.epoch);
  }

  /** The agent crashes; its successor dumps the switch, and what was under way goes on being under way. */
  restart(): void {
    const old = this.writer;
    old.stop();
    this.succeed(old);
  }

  /** Against the rules, because positions of two sessions may coincide then: the next verification heals it. */
  restartUnderTheSameEpoch(): void {
    const old = this.writer;
    old.stop();
    this.succeed(old, this.epoch);
  }

  /** The agent is paused and does not know that another one has taken over. */
  takeOver(): void {
    this.predecessors.push(this.writer);
    this.succeed(this.writer);
  }

  /** The paused agent wakes up and pushes what it believes. */
  wakePredecessor(key: string, value: Value): void {
    this.predecessors.at(-1)?.put(key, value);
  }

  agentsRows(): readonly [string, Value][] {
    return rowsOf(this.writer);
  }

  switchOver(): void {
    this.receivers[this.active]?.stop();
    this.active = 1 - this.active;
    this.receivers[this.active]?.start();
  }

  bothServe(): void {
    for (const receiver of this.receivers) receiver.start();
  }

  save(): void {
    this.saved = this.store.save(TABLE);
  }

  setBack(): void {
    this.saved();
  }

  cut(): void {
    this.bus.cut('unnoticed');
  }

  mend(): void {
    this.bus.mend('unnoticed');
  }

  private succeed(old: PushWriter<Value>, epoch = this.epoch + 1): void {
    this.bus = this.net.client();
    this.writer = this.newWriter();
    this.writer.replaceAll(rowsOf(old));
    this.reopen(epoch);
  }

  private newWriter(): PushWriter<Value> {
    const { clock, random, verifyMs } = this;
    return new PushWriter<Value>({ bus: this.bus, client: 'agent', table: TABLE, clock, random, verifyMs });
  }

  private newReceiver(): PushReceiver {
    const mayPush = (client: string, table: string) => client === 'agent' && table === TABLE;
    return new PushReceiver({ bus: this.net.client(), store: this.store, random: this.random, mayPush });
  }
}

function rowsOf(writer: PushWriter<Value>): readonly [string, Value][] {
  const keys = [...Array(12).keys()].map((at) => `k${at}`).sort();
  return keys.flatMap((key): [string, Value][] => {
    const row = writer.get(key);
    return row ? [[key, row]] : [];
  });
}
