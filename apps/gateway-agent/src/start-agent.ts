import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { openBus } from '@l2gw/bus';
import { switchClientId } from '@l2gw/contracts';
import { type Log, type Listen, NestLog, type Stop } from '@l2gw/runtime';
import type { INestApplication, INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AgentModule, type Foundations } from './agent.module.js';
import { Agent } from './agent.js';
import type { AgentConfig } from './config.js';
import { Answers } from './inspect/answers.js';

/**
 * Begins to dial the switch and the bus, whichever comes first: the switch is kept as it should be also while nobody else is there.
 * What it has opened it closes again when it fails.
 */
export async function startAgent(config: AgentConfig, log: Log): Promise<{ readonly stop: Stop }> {
  const client = switchClientId(config.switchNames[0]);
  const bus = openBus({ ...config.bus, client, onError: (error) => log.warn('bus', { error }) });
  try {
    const app = await createApp({ config, log, bus });
    const agent = app.get(Agent);
    app.get(Answers).start();
    await agent.start(log);
    const stop = async (): Promise<void> => {
      await agent.stop();
      await app.close();
      await bus.close();
    };
    return { stop };
  } catch (error) {
    await bus.close();
    throw error;
  }
}

/** Without a place to listen it needs no server. */
async function createApp(foundations: Foundations): Promise<INestApplicationContext> {
  const { config, log } = foundations;
  const options = { logger: new NestLog(log), abortOnError: false };
  const module = AgentModule.with(foundations);
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
