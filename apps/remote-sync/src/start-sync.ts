import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { openBus } from '@l2gw/bus';
import { syncClient } from '@l2gw/contracts';
import { type Listen, type Log, NestLog, type Stop } from '@l2gw/runtime';
import type { INestApplication, INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { SyncConfig } from './config.js';
import { Neighbours } from './peers/neighbours.js';
import { Lease } from './session/lease.js';
import { NotBelieved } from './signing/signed-bus.js';
import { type Foundations, SyncModule } from './sync.module.js';
import { OwnTables } from './tables/own-tables.js';

/** Begins to dial the bus. What it has opened it closes again when it fails. */
export async function startSync(config: SyncConfig, log: Log): Promise<{ readonly stop: Stop }> {
  const bus = openBus({ ...config.bus, client: syncClient, onError: (error) => logError(log, error) });
  try {
    const app = await createApp({ config, log, bus });
    const [tables, lease, neighbours] = [app.get(OwnTables), app.get(Lease), app.get(Neighbours)];
    tables.start();
    lease.start(neighbours);
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

/** Without a place to listen it needs no server. */
async function createApp(foundations: Foundations): Promise<INestApplicationContext> {
  const { config, log } = foundations;
  const options = { logger: new NestLog(log), abortOnError: false };
  const module = SyncModule.with(foundations);
  if (config.http === undefined) return NestFactory.createApplicationContext(module, options);
  const app = await NestFactory.create(module, options);
  await listen(app, config.http, log);
  return app;
}

async function listen(app: INestApplication, { host, port }: Listen, log: Log): Promise<void> {
  await app.listen(port, host);
  const bound = app.getHttpServer().address() as AddressInfo;
  const url = `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`;
  log.info('listening', { url });
}
