/** Everything that breaks: programs are killed, paused and restarted, connections cut and frozen, switches wiped. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../specs/support/random.js';
import type { Deed } from './changes.js';
import { type Database, type SoakWorld, startAgent } from './soak-world.js';

interface Pausable {
  pause(): void;
  resume(): void;
}

export class Faults {
  /** As seen by whoever reads along. */
  readonly all: Readonly<Record<string, Deed>> = {
    'agent killed': async () => {
      const database = this.database();
      await this.world.cloud.killAgent(database.agent);
      await startAgent(this.world.cloud, database);
    },
    'agent restarted': async () => {
      const database = this.database();
      await this.world.cloud.stopAgent(database.agent);
      await startAgent(this.world.cloud, database);
    },
    'agent paused': () => this.frozen(this.world.cloud.agent(this.database().agent)),
    'switch wiped': async () => {
      const { agent, switches, strangers } = this.database();
      await this.world.cloud.tor(agent).server.wipe();
      for (const name of switches) await this.world.cloud.tor(name).recreateInventory();
      await strangers.plant();
    },
    'switch restarted': () => this.server().restart(),
    'switch paused': () => this.frozen(this.server()),
    'line to a switch cut': async () => this.relay().cut(),
    'line to a switch frozen': () => this.frozen(this.relay()),
    'answers of a switch held back': async () => {
      const relay = this.relay();
      relay.pause('toClient');
      await pause(this.aWhile());
      relay.resume();
    },
    'line to a switch cut in pieces': async () => this.relay().splitBytes(1 + this.random.below(40)),
    'line to a switch whole again': async () => this.relay().splitBytes(Infinity),
    'bus restarted': () => this.world.cloud.nats.restart(),
    'bus paused': () => this.frozen(this.world.cloud.nats),
    'database killed': async () => {
      await this.world.postgres.kill();
      await this.world.postgres.restart();
    },
    'API replica killed': async () => {
      const { cloud } = this.world;
      const [killed] = cloud.replicas.splice(this.random.below(2), 1);
      await killed?.kill();
      await cloud.startApi();
    },
    'API replica paused': () => this.frozen(this.random.pick(this.world.cloud.replicas)),
  };

  constructor(
    private readonly world: SoakWorld,
    private readonly random: Random,
  ) {}

  private database(): Database {
    return this.random.pick(this.world.databases);
  }

  private server() {
    return this.world.cloud.tor(this.database().agent).server;
  }

  private relay() {
    return this.database().relay;
  }

  private async frozen(something: Pausable): Promise<void> {
    something.pause();
    await pause(this.aWhile());
    something.resume();
  }

  /** Some are so long that the other side takes it for dead. */
  private aWhile(): number {
    return this.random.below(8) === 0 ? 12_000 : 200 + this.random.below(1500);
  }
}
