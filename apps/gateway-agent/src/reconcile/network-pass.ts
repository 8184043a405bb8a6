import { Log } from '@l2gw/runtime';
import { Injectable } from '@nestjs/common';
import type { Problem } from '@l2gw/contracts';
import { ConstraintViolation } from '@l2gw/ovsdb';
import { NO_ROWS, type Wish } from '../desired/wish.js';
import type { ActualLogicalSwitch } from '../switch/switch-contents.js';
import { Switch } from '../switch/switch.js';
import { describeDrift, driftProblem } from './describe-drift.js';
import { type NetworkFound, NetworkReader } from './network-reader.js';
import { SWITCH_NOT_FOUND } from './switch-problem.js';
import { isEmpty, type NetworkPlan, planNetwork } from './plan-network.js';
import { Progress } from './progress.js';
import { Refused, refusalIn } from './refused.js';

type Wanted = Extract<NetworkFound, { readonly kind: 'wanted' }>;
type Write = Extract<NetworkPlan, { readonly kind: 'write' }>;

/** One pass over one network: reads both sides, has the difference planned, writes it, tells how far it has come. */
@Injectable()
export class NetworkPass {
  constructor(
    private readonly reader: NetworkReader,
    private readonly target: Switch,
    private readonly progress: Progress,
    private readonly log: Log,
  ) {}

  /** `isSuspect`: it is looked at only because something was changed on the switch. Answers whether the MACs can follow. Rejects with `Refused`, or with what may succeed when it is tried again. */
  async run(network: string, isSuspect = false): Promise<boolean> {
    const found = this.reader.read(network);
    switch (found.kind) {
      case 'no-switch':
        return this.cannot(network, found.wish, SWITCH_NOT_FOUND);
      case 'unreadable':
        return this.cannot(network, found.wish, unreadable(found.wish));
      case 'uncertain':
        return false;
      case 'unwanted':
        await this.tearDown(network, found.obsolete);
        this.progress.absent(network, NO_ROWS, []);
        return false;
      case 'wanted':
        return this.realise(network, found, isSuspect);
    }
  }

  refused(network: string, problem: Problem): void {
    const found = this.reader.read(network);
    if (found.kind === 'wanted') this.progress.failed(network, found.rows, [problem]);
  }

  forget(): void {
    this.progress.forget();
  }

  private cannot(network: string, wish: Wish | undefined, problem: Problem): boolean {
    if (wish !== undefined) this.progress.failed(network, wish.rows, [problem]);
    return false;
  }

  private async realise(network: string, { state, rows, obsolete }: Wanted, isSuspect: boolean): Promise<boolean> {
    if (obsolete.length > 0) {
      await this.tearDown(network, obsolete);
      return this.run(network, isSuspect);
    }
    const plan = planNetwork(state);
    switch (plan.kind) {
      case 'wait':
        return false;
      case 'blocked':
        this.progress.failed(network, rows, plan.problems);
        return false;
      case 'absent':
        await this.tearDown(network, state.logicalSwitch ? [state.logicalSwitch] : []);
        this.progress.absent(network, rows, plan.problems);
        return false;
      case 'write': {
        const drift = isSuspect && !isEmpty(plan.change) ? this.drifted(network, plan) : undefined;
        if (drift !== undefined && state.wish.drift === 'report') {
          this.progress.written(network, rows, [...plan.problems, drift]);
          return false;
        }
        await this.write(network, plan);
        this.progress.written(network, rows, plan.problems, plan.isWhole);
        return state.members !== undefined;
      }
    }
  }

  private drifted(network: string, { change }: Write): Problem {
    const what = describeDrift(change);
    this.progress.drift.found(network, what, 1);
    this.log.info('drift', { network, what });
    return driftProblem(what);
  }

  private async write(network: string, { change }: Write): Promise<void> {
    const { logicalSwitch, bind, unbind, macs } = change;
    if (isEmpty(change)) return;
    if (logicalSwitch.kind === 'insert') this.progress.begun(network);
    await understood(this.writeWhole(network, change));
    const vlans = bind.reduce((sum, each) => sum + each.vlans.length, 0);
    const counts = { bound: vlans, unbound: unbind.length, macs: macs.length };
    this.log.info('network-written', { network, logicalSwitch: logicalSwitch.kind, ...counts });
  }

  /**
   * The first MACs come with their logical switch. A switch that has no room for all of them must have the network all the same: then
   * they follow one by one, and each that is refused is told.
   */
  private async writeWhole(network: string, change: Write['change']): Promise<void> {
    try {
      await this.target.write(change);
    } catch (error) {
      if (!(error instanceof ConstraintViolation) || change.macs.length === 0) throw error;
      this.log.info('first-macs-refused', { network, macs: change.macs.length, error });
      await this.target.write({ ...change, macs: [] });
    }
  }

  private async tearDown(network: string, logicalSwitches: readonly ActualLogicalSwitch[]): Promise<void> {
    for (const { id, name } of logicalSwitches) {
      await understood(this.target.tearDown({ id, places: this.target.contents.places(id) }));
      this.log.info('logical-switch-removed', { network, name });
    }
  }
}

function unreadable(wish: Wish | undefined): Problem {
  const reason = wish?.kind === 'unreadable' ? wish.reason : '';
  return { code: 'REFUSED', text: `the agent does not understand what is wanted (${reason}): update it` };
}

/** Tells what cannot succeed from what may. */
async function understood(transaction: Promise<void>): Promise<void> {
  try {
    await transaction;
  } catch (error) {
    const problem = refusalIn(error);
    throw problem === undefined ? error : new Refused(problem, error);
  }
}
