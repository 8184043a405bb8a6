/** The API's end of the wire without the API: tables in memory behind a real nats-server, for measuring an agent alone. */
import { type Bus, connectBus } from '@l2gw/bus';
import { apiWriter, openSession, reportTable, switchClientId, switchTable } from '@l2gw/contracts';
import { MemoryPushStore, MemoryTables, PushReceiver, type RowOp, TablePublisher, TableServer } from '@l2gw/tables';
import { type NatsServer, startNatsServer } from '../../test/harness/nats-server.js';

const PATIENCE_MS = 120_000;

export async function startTableWorld(): Promise<TableWorld> {
  const nats = await startNatsServer();
  return new TableWorld(nats, await connectBus({ servers: [nats.url], client: 'api' }));
}

export class TableWorld {
  private readonly tables = new MemoryTables({ epoch: 'bench' });
  private readonly pushed = new MemoryPushStore();
  private readonly publisher: TablePublisher;
  private readonly server: TableServer;
  private readonly receiver: PushReceiver;
  private epochs = 0;
  private onPushed: () => void = () => undefined;

  constructor(
    readonly nats: NatsServer,
    private readonly bus: Bus,
  ) {
    this.publisher = new TablePublisher({
      bus,
      writer: apiWriter.name,
      instance: 'bench',
      position: () => this.tables.now(),
    });
    this.server = new TableServer({ bus, source: this.tables });
    this.receiver = new PushReceiver({
      bus,
      store: this.pushed,
      mayPush: () => true,
      onApplied: () => this.onPushed(),
    });
    bus.serve(openSession.served, 'api', async () => ({ body: JSON.stringify({ epoch: (this.epochs += 1) }) }));
    this.publisher.start();
    this.server.start();
    this.receiver.start();
  }

  write(table: string, ops: readonly RowOp[]): void {
    this.publisher.publish(this.tables.epoch, [this.tables.write(table, ops)]);
  }

  /** Binds the network on the switch, or takes it away. */
  bind(switchName: string, network: string, row: object | undefined): void {
    this.write(switchTable.table(switchClientId(switchName)), [
      row === undefined ? { key: network } : { key: network, row },
    ]);
  }

  /** Resolves in the moment in which the agent's word arrives that the network is on the switch as it should be. */
  confirmed(switchName: string, network: string): Promise<void> {
    const table = reportTable.table(switchClientId(switchName));
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`${network} was not confirmed`)), PATIENCE_MS);
      this.onPushed = () => {
        const row = this.pushed.rowsOf(table).get(reportTable.confirmationKey(network)) as
          { state?: string } | undefined;
        if (row?.state !== 'applied') return;
        clearTimeout(limit);
        resolve();
      };
    });
  }

  async stop(): Promise<void> {
    this.publisher.stop();
    this.server.stop();
    this.receiver.stop();
    await this.bus.close();
    await this.nats.stop();
  }
}
