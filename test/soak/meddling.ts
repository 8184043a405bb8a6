/** What people do to our rows by hand, with vtep-ctl at three in the morning. */
import { eventually } from '../harness/eventually.js';
import { ForeignHand } from '../specs/support/foreign-hand.js';
import type { Random } from '../specs/support/random.js';
import type { Deed } from './changes.js';
import { PORTS, type SoakWorld, SWITCHES } from './soak-world.js';

export class Meddling {
  constructor(
    private readonly world: SoakWorld,
    private readonly random: Random,
  ) {}

  /** There may be nothing to meddle with; then it rejects. */
  readonly some: Deed = async () => {
    const name = this.random.pick(SWITCHES);
    const tor = this.world.cloud.tor(name);
    const hand = new ForeignHand(tor.server, name);
    const network = this.random.pick(this.world.networks);
    const { mac } = this.random.pick(await tor.remoteMacs(network));
    const deeds: readonly Deed[] = [
      () => hand.deleteRemoteMac(mac),
      () => hand.addRemoteMac(network, mac, '192.0.2.77'),
      () => hand.addRemoteMac(network, '06:00:00:00:00:01', '192.0.2.78'),
      () => hand.updateLogicalSwitch(network, { tunnel_key: 1 + this.random.below(9) }),
      () => hand.updateLogicalSwitch(network, { name: 'x' }),
      () => unmark(hand, network),
      () => hand.unbind(this.random.pick(PORTS), 100 + this.random.below(5)),
      () => hand.addFloodRow(network, '10.0.1.1'),
    ];
    await this.random.pick(deeds)();
  };
}

const UNMARKED = ['map', []];

/** A logical switch whose mark went while its agent was away is somebody else's to the next one, so whoever did that has to undo it. */
async function unmark(hand: ForeignHand, network: string): Promise<void> {
  const marked = await hand.configOf(network);
  await hand.updateLogicalSwitch(network, { other_config: UNMARKED });
  const isMarkedAgain = async (): Promise<void> => {
    if (JSON.stringify(await hand.configOf(network)) === JSON.stringify(UNMARKED)) throw new Error('not marked again');
  };
  await eventually(isMarkedAgain, { timeoutMs: 2000 }).catch(() =>
    hand.updateLogicalSwitch(network, { other_config: marked }),
  );
}
