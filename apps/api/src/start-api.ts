import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { type Bus, connectBus } from '@l2gw/bus';
import { type Log, NestLog, type Stop } from '@l2gw/runtime';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { DataSource } from 'typeorm';
import { AuditRecorder } from './audit/audit-recorder.js';
import { auditRequests } from './audit/audit-requests.js';
import { ApiModule } from './api.module.js';
import type { ApiConfig } from './config.js';
import { createDataSource } from './database/data-source.js';
import { migrate } from './database/migrate.js';
import { Admission } from './http/admission.js';
import { admitEarly } from './http/admit-early.js';
import { FaultFilter } from './http/fault.filter.js';
import { ApiMetrics } from './metrics/api-metrics.js';
import { dropJsonSuffix } from './http/json-suffix.js';
import { nameRequest } from './http/name-request.js';
import { isJson, refuseDepth, requireJson } from './http/read-json.js';
import { serveDocuments } from './openapi/serve-documents.js';
import { routePlumgrid } from './plumgrid/base-path.js';
import { updateByPost } from './plumgrid/update-by-post.js';
import { BusTransport } from './rpc/bus-transport.js';
import { settleCloudId } from './sync/cloud-id.js';

/** 10,000 MACs are about 1 MB. */
const BODY_LIMIT = '32mb';

/** Longer than load balancers and clients do by themselves; so nobody sends a request into a connection that is just being closed. */
const IDLE_MS = 75_000;

/** Connects, migrates and listens. What it has opened it closes again when it fails. */
export async function startApi(config: ApiConfig, log: Log): Promise<{ readonly url: string; readonly stop: Stop }> {
  const dataSource = await createDataSource(config.database).initialize();
  try {
    const migrations = await migrate(dataSource, config.database);
    if (migrations.length > 0) log.info('migrated', { migrations });
    await settleCloudId(dataSource, config.cloudId);
    const bus = await connectBus({ ...config.bus, client: 'api', onError: (error) => log.warn('bus', { error }) });
    return await serve(config, log, bus, dataSource);
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}

async function serve(
  config: ApiConfig,
  log: Log,
  bus: Bus,
  dataSource: DataSource,
): Promise<{ readonly url: string; readonly stop: Stop }> {
  const app = await NestFactory.create<NestExpressApplication>(ApiModule.with({ config, log, bus, dataSource }), {
    logger: new NestLog(log),
    abortOnError: false,
    bodyParser: false,
  });
  app.set('trust proxy', config.proxies);
  app.use(
    app.get(ApiMetrics).requests.watch,
    nameRequest,
    routePlumgrid,
    dropJsonSuffix,
    auditRequests(app.get(AuditRecorder)),
  );
  app.use(admitEarly(app.get(Admission)), requireJson);
  app.useBodyParser('json', { limit: BODY_LIMIT, type: (request) => isJson(request.headers['content-type']) });
  app.use(refuseDepth, updateByPost);
  app.useGlobalFilters(app.get(FaultFilter));
  serveDocuments(app, log);
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.connectMicroservice(
    { strategy: new BusTransport(bus, log, app.get(AuditRecorder)) },
    { inheritAppConfig: false },
  );
  await app.startAllMicroservices();
  await app.listen(config.http.port, config.http.host);
  app.getHttpServer().keepAliveTimeout = IDLE_MS;
  const { address, port, family } = app.getHttpServer().address() as AddressInfo;
  const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  log.info('listening', { url });
  const stop = async (): Promise<void> => {
    await app.close();
    await bus.close();
    await dataSource.destroy();
  };
  return { url, stop };
}
