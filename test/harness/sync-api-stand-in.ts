/** The API as remote-sync sees it, in this process on a real bus: two kinds of tables down, pushes up, and the lease. */
import { type Bus, connectBus } from '@l2gw/bus';
import {
  type SyncRecalled,
  type SyncReportRow,
  exportTable,
  importTable,
  syncRecall,
  syncReport,
  syncSession,
  syncTable,
} from '@l2gw/contracts';
import { MemoryPushStore, MemoryTables, PushReceiver, type RowOp, TablePublisher, TableServer } from '@l2gw/tables';

export class SyncApiStandIn {
  readonly pushed = new MemoryPushStore();
  /** Pushes that changed something, by table. */
  readonly writes: string[] = [];
  /** Under which epoch a table was confirmed last. */
  readonly settled = new Map<string, number>();
  /** Nobody is granted the lease for the time being. */
  isAway = false;
  /** How often the lease was granted or renewed. */
  leases = 0;
  private epoch: number;
  private holder: { readonly instance: string; until: number } | undefined;
  private readonly stops: (() => void)[] = [];
  private readonly tables: MemoryTables;
  private readonly publisher: TablePublisher;

  private constructor(
    readonly bus: Bus,
    firstEpoch: number,
  ) {
    this.epoch = firstEpoch;
    this.tables = new MemoryTables({ epoch: `stand-in-${process.hrtime.bigint()}` });
    this.publisher = new TablePublisher({ bus, writer: 'api', instance: 'one', position: () => this.tables.now() });
  }

  static async start(
    url: string,
    { firstEpoch = 0, nkeySeed }: { readonly firstEpoch?: number | undefined; readonly nkeySeed?: string | undefined },
  ): Promise<SyncApiStandIn> {
    const identity = nkeySeed === undefined ? {} : { nkeySeed };
    const bus = await connectBus({ servers: [url], client: 'api', reconnectMs: 50, ...identity });
    const standIn = new SyncApiStandIn(bus, firstEpoch);
    standIn.serve();
    return standIn;
  }

  write(table: string, ops: readonly RowOp[]): void {
    this.publisher.publish(this.tables.epoch, [this.tables.write(table, ops)]);
  }

  sync(key: string, row: object | undefined): void {
    this.write(syncTable.table, [row === undefined ? { key } : { key, row }]);
  }

  export(network: string, macs: Readonly<Record<string, object | undefined>>): void {
    const ops = Object.entries(macs).map(([key, row]) => (row === undefined ? { key } : { key, row }));
    this.write(exportTable.table(network), ops);
  }

  imported(cloud: string, connection: string): Readonly<Record<string, object>> {
    return Object.fromEntries(this.pushed.rowsOf(importTable.table(cloud, connection)));
  }

  report(key: string): SyncReportRow | undefined {
    const row = this.pushed.rowsOf(syncReport.table).get(key);
    return row === undefined ? undefined : syncReport.decode(key, row);
  }

  /** A backup of its database is restored: epochs begin again where they were then. */
  setEpochBack(epoch: number): void {
    this.epoch = epoch;
    this.holder = undefined;
  }

  async stop(): Promise<void> {
    for (const stop of this.stops) stop();
    this.publisher.stop();
    await this.bus.close();
  }

  private serve(): void {
    const { bus } = this;
    const server = new TableServer({ bus, source: this.tables });
    const receiver = new PushReceiver({
      bus,
      store: this.pushed,
      mayPush: () => true,
      onApplied: (table, push) => {
        if (push.verb === 'settle') this.settled.set(table, push.epoch);
        else this.writes.push(table);
      },
    });
    server.start();
    receiver.start();
    this.publisher.start();
    bus.serve(syncRecall.subject, 'api', async ({ body }) => ({ body: JSON.stringify(this.recall(JSON.parse(body))) }));
    bus.serve(syncSession.subject, 'api', async ({ body }) => ({ body: JSON.stringify(this.lease(JSON.parse(body))) }));
    this.stops.push(
      () => server.stop(),
      () => receiver.stop(),
    );
  }

  private recall(json: unknown): SyncRecalled {
    const { table, after = '' } = syncRecall.decode(json);
    const rows = [...this.pushed.rowsOf(table)].map(([key, row]) => ({ key, row })).filter(({ key }) => key > after);
    return {
      rows: rows.sort((a, b) => (a.key < b.key ? -1 : 1)).slice(0, syncRecall.most),
      more: rows.length > syncRecall.most,
    };
  }

  private lease(json: unknown): object {
    const { instance, epoch, seenEpoch = 0 } = syncSession.decode(json);
    if (this.isAway) throw new Error('away');
    const now = performance.now();
    const { holder } = this;
    const isHeld = holder !== undefined && holder.until > now && holder.instance !== instance;
    if (isHeld) return { heldBy: holder.instance, retryInMs: Math.ceil(holder.until - now) };
    if (epoch !== undefined && epoch !== this.epoch) return { heldBy: holder?.instance ?? '', retryInMs: 100 };
    if (epoch === undefined) this.epoch = Math.max(this.epoch, seenEpoch) + 1;
    this.leases += 1;
    this.holder = { instance, until: now + syncSession.leaseMs };
    return { epoch: this.epoch };
  }
}
