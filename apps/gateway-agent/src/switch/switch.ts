import type { NetworkChange, OwnedMacChange, TearDown, TunnelChange } from './network-change.js';
import type { SwitchChange } from './switch-change.js';
import type { RequestLimits } from '@l2gw/ovsdb';
import type { PlaceStatistics } from './read-statistics.js';
import type { TransactionReport } from './transaction-report.js';
import type { SwitchContents } from './switch-contents.js';

export type Unsubscribe = () => void;

/** `isReadOnly`: the database answers, but lets nobody write. `standby`: connected, but another agent has the lock. Only an `active` agent writes or reports. */
export type SwitchState =
  | { readonly kind: 'down'; readonly reason: string; readonly isReadOnly?: true }
  | { readonly kind: 'standby' }
  | { readonly kind: 'active' };

/** The switch as the reconcilers know it: what is on it, and the ways to change that. */
export abstract class Switch {
  abstract readonly contents: SwitchContents;
  abstract readonly state: SwitchState;

  abstract start(): void;
  abstract stop(): Promise<void>;
  abstract onState(listener: (state: SwitchState) => void): Unsubscribe;
  /** Not told while the agent is not active; whoever becomes active looks at everything. */
  abstract onChange(listener: (change: SwitchChange) => void): Unsubscribe;

  /** Told of each transaction that was sent, when its end is known. */
  abstract onTransaction(listener: (transaction: TransactionReport) => void): Unsubscribe;

  /** Rows of each table that is followed, whoever they are of. */
  abstract sizes(): ReadonlyMap<string, number>;

  /** What the switch counts on its own ports, asked for once. Rejects with an `OvsdbError`. */
  abstract statistics(switchName: string, limits: RequestLimits): Promise<readonly PlaceStatistics[]>;

  /** One transaction. Like the others it rejects with an `OvsdbError`; when it resolves, `contents` shows the effect. */
  abstract write(change: NetworkChange): Promise<void>;
  abstract writeMacs(changes: readonly OwnedMacChange[]): Promise<void>;
  abstract writeTunnels(changes: readonly TunnelChange[]): Promise<void>;
  abstract tearDown(logicalSwitch: TearDown): Promise<void>;
}
