/** One random story after another in the same cloud, each with an end at which everything has to be as it should be. */
import { deepStrictEqual, ok } from 'node:assert';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../harness/eventually.js';
import type { Random } from '../specs/support/random.js';
import { watchWrites } from '../specs/support/watch-writes.js';
import { Changes } from './changes.js';
import { difference } from './difference.js';
import { expectedSwitch, readFacts } from './expected-switch.js';
import { Faults } from './faults.js';
import { held } from './held.js';
import { Meddling } from './meddling.js';
import { type SoakWorld, startAgent, SWITCHES, tunnelIpOf } from './soak-world.js';

/** After a fault that took 12 s, with every back-off at its longest. */
const HEALS = { timeoutMs: 90_000 };

export class Story {
  private readonly changes: Changes;
  private readonly faults: Faults;
  private readonly meddling: Meddling;

  /** `tell`: what happens, for whoever reads along. */
  constructor(
    private readonly world: SoakWorld,
    private readonly random: Random,
    private readonly tell: (what: string) => void = () => undefined,
  ) {
    this.changes = new Changes(world, random);
    this.faults = new Faults(world, random);
    this.meddling = new Meddling(world, random);
  }

  /** So many changes; a fault after every fifteenth, and strangers' hands now and then. */
  async run(changes: number): Promise<void> {
    for (let change = 1; change <= changes; change += 1) {
      await Promise.allSettled([this.random.pick(this.changes.all)()]);
      if (change % 10 === 0) await Promise.allSettled([this.meddling.some()]);
      if (change % 15 === 0) await this.fault();
    }
    for (const change of this.changes.ending) await Promise.allSettled([change()]);
  }

  /** Rejects with the difference if it does not come to rest as it should be. */
  async comesRight(): Promise<void> {
    await eventually(() => this.isLearned(), HEALS);
    await eventually(() => this.isRight(), HEALS);
    await eventually(() => this.isConfirmed(), HEALS);
    for (const { strangers } of this.world.databases) await strangers.verify();
  }

  /** Nobody writes anything to any switch while nothing changes, not even an agent that has just been started. */
  async staysSilent(quietMs: number, restart: boolean): Promise<void> {
    const { cloud, databases } = this.world;
    const writes = await Promise.all(databases.map(({ agent }) => watchWrites(cloud.tor(agent).unixEndpoint)));
    for (const database of restart ? databases : []) {
      const { agent } = database;
      await cloud.stopAgent(agent);
      await startAgent(cloud, database);
      await eventually(() => {
        if (!cloud.agent(agent).events.some((each) => each.event === 'converged')) throw new Error('not converged');
      });
    }
    await pause(quietMs);
    const seen = writes.flatMap((each) => each.seen);
    await Promise.all(writes.map((each) => each.stop()));
    deepStrictEqual(seen, []);
  }

  private async fault(): Promise<void> {
    const [name, happens] = this.random.pick(Object.entries(this.faults.all));
    this.tell(name);
    await happens();
  }

  private async isRight(): Promise<void> {
    const { cloud, databases } = this.world;
    const facts = await readFacts(cloud.api, SWITCHES);
    const expectations = databases.flatMap(({ switches }) =>
      switches.map((name) => [name, expectedSwitch(facts, name, switches)] as const),
    );
    ok(
      JSON.stringify(expectations).includes(' 198.51.100.'),
      'the story has come to nothing: no MAC is in another cloud',
    );
    const isOurs = (name: string) => this.world.networks.includes(name);
    for (const [name, expected] of expectations) {
      const found = await held(cloud.tor(name), Object.keys(expected.macs), isOurs);
      const different = difference(found, expected).map((line) => `${name} ${line}`);
      deepStrictEqual(different, []);
    }
  }

  /** What a switch had learned before it was wiped is held for a while: it is to be over before anybody stays silent. */
  private async isLearned(): Promise<void> {
    const { cloud, networks } = this.world;
    const { learned } = await readFacts(cloud.api, SWITCHES);
    for (const name of SWITCHES) {
      const macs = await Promise.all(networks.map((network) => cloud.tor(name).localMacs(network)));
      const told = (learned.get(name) ?? []).map(({ mac }) => mac).sort();
      deepStrictEqual(
        told,
        macs
          .flat()
          .filter(({ vtepIp }) => vtepIp === tunnelIpOf(name))
          .map(({ mac }) => mac)
          .sort(),
      );
    }
  }

  private async isConfirmed(): Promise<void> {
    const { api } = this.world.cloud;
    const { l2_gateway_connections: all } = (await api.get('/v2.0/l2-gateway-connections')) as {
      l2_gateway_connections: { id: string }[];
    };
    for (const { id } of all) deepStrictEqual(await api.statusOf(id), 'ACTIVE');
  }
}
