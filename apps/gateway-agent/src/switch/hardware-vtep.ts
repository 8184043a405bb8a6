import { Injectable } from '@nestjs/common';
import { Log } from '@l2gw/runtime';
import {
  type ChangeSet,
  Connection,
  type DatabaseSchema,
  Disconnected,
  type DownInfo,
  mapOf,
  OvsdbError,
  type RequestLimits,
  rowIs,
  RpcError,
  update,
  uuid,
} from '@l2gw/ovsdb';
import { AgentConfig } from '../config.js';
import { Listeners } from '../listeners.js';
import type { Locator } from './locator.js';
import { LocatorClaims } from './locator-claims.js';
import { LOCK } from './lock.js';
import { macOperation } from './mac-operations.js';
import type { MacChange, NetworkChange, OwnedMacChange, TearDown, TunnelChange } from './network-change.js';
import { addNetworkChange, addTearDown } from './network-operations.js';
import type { RowId } from './switch-contents.js';
import { type PlaceStatistics, readStatistics } from './read-statistics.js';
import { dependentsIn, SELECTION } from './selection.js';
import type { SwitchChange } from './switch-change.js';
import { beforeTheFirst, endpointOf } from './switch-endpoint.js';
import { Switch, type SwitchState, type Unsubscribe } from './switch.js';
import { Transaction } from './transaction.js';
import { countOperations, type TransactionReport } from './transaction-report.js';
import { VtepContents } from './vtep-contents.js';
import { VtepIndex } from './vtep-index.js';

/** A switch that is programmed through its OVSDB `hardware_vtep` database (vtep(5)). */
@Injectable()
export class HardwareVtep extends Switch {
  readonly contents: VtepContents;
  state: SwitchState;
  private readonly connection: Connection;
  private readonly index = new VtepIndex();
  private readonly claims = new LocatorClaims();
  private readonly states = new Listeners<SwitchState>();
  private readonly changes = new Listeners<SwitchChange>();
  private readonly transactions = new Listeners<TransactionReport>();

  constructor(config: AgentConfig, log: Log) {
    super();
    this.state = { kind: 'down', reason: beforeTheFirst(config.ovsdb) };
    this.connection = new Connection({ ...endpointOf(config, log), selection: SELECTION, lock: LOCK });
    this.contents = new VtepContents(this.connection.replica, this.index, config.switchNames);
    this.connection.replica.onChange((changes) => this.take(changes));
    this.connection.onLive(({ schema }) => this.contents.learnSchema(schema));
    this.connection.onLive(() => this.look());
    this.connection.onLock(() => this.look());
    this.connection.onDown((info) => this.down(info));
  }

  start(): void {
    this.connection.start();
  }

  stop(): Promise<void> {
    return this.connection.stop();
  }

  onState(listener: (state: SwitchState) => void): Unsubscribe {
    return this.states.on(listener);
  }

  onChange(listener: (change: SwitchChange) => void): Unsubscribe {
    return this.changes.on(listener);
  }

  onTransaction(listener: (transaction: TransactionReport) => void): Unsubscribe {
    return this.transactions.on(listener);
  }

  sizes(): ReadonlyMap<string, number> {
    const { replica } = this.connection;
    return new Map(Object.keys(SELECTION).map((table) => [table, replica.table(table).size]));
  }

  statistics(switchName: string, limits: RequestLimits): Promise<readonly PlaceStatistics[]> {
    const ports = this.contents.ports().filter((port) => port.switch === switchName);
    return readStatistics(this.connection, ports, limits);
  }

  async write(change: NetworkChange): Promise<void> {
    const { locators = [] } = change.flood.write ?? {};
    const { logicalSwitch } = change;
    const networks = this.networksIn(logicalSwitch);
    await this.transact({ networks, locators: [...locators, ...locatorsOf(change.macs)] }, (transaction) =>
      addNetworkChange(transaction, change),
    );
  }

  async writeMacs(changes: readonly OwnedMacChange[]): Promise<void> {
    const networks = this.networksOf(changes.map(({ logicalSwitch }) => ({ id: logicalSwitch })));
    const locators = locatorsOf(changes.map(({ change }) => change));
    await this.transact({ networks, locators }, (transaction) => {
      for (const { logicalSwitch, change } of changes) {
        transaction.add(macOperation(transaction, uuid(logicalSwitch), change));
      }
    });
  }

  async writeTunnels(changes: readonly TunnelChange[]): Promise<void> {
    await this.transact({ networks: [], locators: [] }, (transaction) => {
      for (const { id, params } of changes) transaction.add(update('Tunnel', rowIs(id), { bfd_params: mapOf(params) }));
    });
  }

  async tearDown(logicalSwitch: TearDown): Promise<void> {
    await this.transact({ networks: this.networksOf([logicalSwitch]), locators: [] }, (transaction, schema) =>
      addTearDown(transaction, logicalSwitch, dependentsIn(schema)),
    );
  }

  private async transact(
    { networks, locators }: { readonly networks: readonly string[]; readonly locators: readonly Locator[] },
    fill: (transaction: Transaction, schema: DatabaseSchema) => void,
  ): Promise<void> {
    await this.claims.free(locators);
    const transaction = new Transaction((locator) => this.index.locators.get(locator));
    const { live } = this.connection;
    if (live !== undefined) fill(transaction, live.schema);
    const sent = this.connection.transact(transaction.operations);
    this.claims.hold(transaction.newLocators, sent);
    await this.reported({ at: Date.now(), networks, operations: countOperations(transaction.operations) }, sent);
  }

  /** What was never sent is not told of. */
  private async reported(
    about: Pick<TransactionReport, 'at' | 'networks' | 'operations'>,
    sent: Promise<unknown>,
  ): Promise<void> {
    const began = performance.now();
    const tell = (outcome: Pick<TransactionReport, 'error'>): void =>
      this.transactions.tell({ ...about, durationMs: performance.now() - began, ...outcome });
    try {
      await sent;
    } catch (error) {
      const wasSent = !(error instanceof Disconnected && error.outcome === 'not-sent');
      if (error instanceof OvsdbError && wasSent) tell({ error });
      throw error;
    }
    tell({});
  }

  private networksIn(change: NetworkChange['logicalSwitch']): readonly string[] {
    if (change.kind === 'insert') return [change.content.name];
    const becomesOurs = change.kind === 'update' ? change.adopts : undefined;
    return becomesOurs === undefined ? this.networksOf([change]) : [becomesOurs.name];
  }

  private networksOf(logicalSwitches: readonly { readonly id: RowId }[]): readonly string[] {
    const ids = new Set(logicalSwitches.map(({ id }) => id));
    return [...new Set([...ids].flatMap((id) => this.contents.networkOf(id) ?? []))];
  }

  private take({ changes }: ChangeSet): void {
    const change = this.index.take(changes);
    if (this.state.kind === 'active') this.changes.tell(change);
  }

  /** A lock can come before the first dump is loaded, and it goes before the reason is told why the session ended. */
  private look(): void {
    if (this.connection.live === undefined) return;
    this.become({ kind: this.connection.hasLock ? 'active' : 'standby' });
  }

  private down({ reason }: DownInfo): void {
    this.become({ kind: 'down', reason: reason.message, ...(refusesLock(reason) ? { isReadOnly: true } : {}) });
  }

  private become(state: SwitchState): void {
    this.state = state;
    this.states.tell(state);
  }
}

/** A standby of an ovsdb-server, or a remote that was opened with `read-only`: ovsdb-server(1). */
function refusesLock(reason: OvsdbError): boolean {
  return reason instanceof RpcError && reason.method === 'lock' && /not allowed|read only/i.test(reason.message);
}

function locatorsOf(macs: readonly MacChange[]): readonly Locator[] {
  return [...new Set(macs.flatMap((change) => (change.kind === 'remove' ? [] : [change.entry.locator])))];
}
