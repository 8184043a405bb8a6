import type { AddressInfo } from 'node:net';
import type { DynamicModule, INestApplication, INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Log } from './log.js';
import { NestLog } from './nest-log.js';
import type { Listen } from './settings.js';

/** A program whose work is not HTTP: it serves its health and metrics where it is told to; without a place to listen it needs no server. */
export async function createApp(
  module: DynamicModule,
  http: Listen | undefined,
  log: Log,
): Promise<INestApplicationContext> {
  const options = { logger: new NestLog(log), abortOnError: false };
  if (http === undefined) return NestFactory.createApplicationContext(module, options);
  const app = await NestFactory.create(module, options);
  await listen(app, http, log);
  return app;
}

async function listen(app: INestApplication, { host, port }: Listen, log: Log): Promise<void> {
  await app.listen(port, host);
  const bound = app.getHttpServer().address() as AddressInfo;
  const url = `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`;
  log.info('listening', { url });
}
