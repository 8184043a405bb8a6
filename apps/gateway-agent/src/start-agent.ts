import 'reflect-metadata';
import { openBus } from '@l2gw/bus';
import { switchClientId } from '@l2gw/contracts';
import { createApp, type Log, type Stop } from '@l2gw/runtime';
import { AgentModule } from './agent.module.js';
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
    const app = await createApp(AgentModule.with({ config, log, bus }), config.http, log);
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
