import 'reflect-metadata';
import { openBus } from '@l2gw/bus';
import { syncClient } from '@l2gw/contracts';
import { createApp, type Log, type Stop } from '@l2gw/runtime';
import type { SyncConfig } from './config.js';
import { Questions } from './inspect/questions.js';
import { Neighbours } from './peers/neighbours.js';
import { Lease } from './session/lease.js';
import { NotBelieved } from './signing/signed-bus.js';
import { SyncModule } from './sync.module.js';
import { OwnTables } from './tables/own-tables.js';

/** Begins to dial the bus. What it has opened it closes again when it fails. */
export async function startSync(config: SyncConfig, log: Log): Promise<{ readonly stop: Stop }> {
  const bus = openBus({ ...config.bus, client: syncClient, onError: (error) => logError(log, error) });
  try {
    const app = await createApp(SyncModule.with({ config, log, bus }), config.http, log);
    const [tables, lease, neighbours] = [app.get(OwnTables), app.get(Lease), app.get(Neighbours)];
    tables.start();
    lease.start(app.get(Questions));
    const stop = async (): Promise<void> => {
      await neighbours.stop();
      lease.stop();
      tables.stop();
      await app.close();
      await bus.close();
    };
    return { stop };
  } catch (error) {
    await bus.close();
    throw error;
  }
}

/** What is not believed is counted where it belongs; whoever sends a lot of it must not fill the log. */
function logError(log: Log, error: unknown): void {
  if (error instanceof NotBelieved) log.debug('not-believed', { error });
  else log.warn('bus', { error });
}
