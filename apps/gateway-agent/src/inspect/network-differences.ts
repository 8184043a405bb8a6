import { type DescribedChange, type NetworkDifference, type Problem, switchDifference } from '@l2gw/contracts';
import { Injectable } from '@nestjs/common';
import { MacPlanner } from '../reconcile/mac-planner.js';
import { type NetworkFound, NetworkReader } from '../reconcile/network-reader.js';
import { type NetworkState, planNetwork } from '../reconcile/plan-network.js';
import type { ActualLogicalSwitch } from '../switch/switch-contents.js';
import { describeMac, describeNetwork } from './describe-changes.js';

type Found = Pick<NetworkDifference, 'state' | 'problems'> & { readonly changes: readonly DescribedChange[] };

/** Plans what would be written of a network, as the loops do, and writes nothing. */
@Injectable()
export class NetworkDifferences {
  constructor(
    private readonly reader: NetworkReader,
    private readonly macs: MacPlanner,
  ) {}

  /** Undefined: the network is on the switch as it should be, or rightly not there. */
  of(network: string): NetworkDifference | undefined {
    const { state, problems, changes } = this.find(network, this.reader.read(network));
    if (state === 'pending' && changes.length === 0 && problems.length === 0) return undefined;
    const count = (kind: DescribedChange['kind']): number => changes.filter((each) => each.kind === kind).length;
    return {
      network,
      state,
      insert: count('insert'),
      update: count('update'),
      remove: count('remove'),
      changes: changes.slice(0, switchDifference.mostChanges),
      problems: problems.slice(0, switchDifference.mostProblems).map(({ code, text }) => ({ code, text })),
    };
  }

  private find(network: string, found: NetworkFound): Found {
    switch (found.kind) {
      case 'no-switch':
      case 'unreadable':
      case 'uncertain':
        return UNKNOWN;
      case 'unwanted':
        return { ...PENDING, changes: found.obsolete.map(removal) };
      case 'wanted':
        return this.planned(network, found.state, found.obsolete.map(removal));
    }
  }

  private planned(network: string, state: NetworkState, removals: readonly DescribedChange[]): Found {
    const plan = planNetwork(state);
    switch (plan.kind) {
      case 'wait':
        return { ...UNKNOWN, changes: removals };
      case 'blocked':
        return blocked(plan.problems, removals);
      case 'absent':
        return blocked(plan.problems, [...removals, ...[state.logicalSwitch ?? []].flat().map(removal)]);
      case 'write': {
        const own = describeNetwork(network, plan.change, state.bindings.ports);
        const changes = [...removals, ...own, ...this.macChanges(network, state)];
        return plan.problems.length > 0 ? blocked(plan.problems, changes) : { ...PENDING, changes };
      }
    }
  }

  /** All MACs follow a logical switch that is still to come. */
  private macChanges(network: string, { logicalSwitch, members }: NetworkState): readonly DescribedChange[] {
    if (logicalSwitch !== undefined) {
      const differing = new Map([[network, this.macs.differing(network)]]);
      return this.macs.changesOf(differing).map(({ change }) => describeMac(change));
    }
    return [...(members?.macs() ?? [])].map((entry) => describeMac({ kind: 'add', entry }));
  }
}

const PENDING: Found = { state: 'pending', problems: [], changes: [] };
const UNKNOWN: Found = { state: 'unknown', problems: [], changes: [] };

const blocked = (problems: readonly Problem[], changes: readonly DescribedChange[]): Found => ({
  state: 'blocked',
  problems,
  changes,
});

function removal({ name }: ActualLogicalSwitch): DescribedChange {
  return { kind: 'remove', what: 'logical-switch', name };
}
