import { Injectable } from '@nestjs/common';
import { openSession, switchClientId } from '@l2gw/contracts';
import { delayAfter } from '@l2gw/reconcile';
import { setTimeout as pause } from 'node:timers/promises';
import { AgentBus } from '../agent-bus.js';
import { AgentLog } from '../agent-log.js';
import { AgentConfig } from '../config.js';
import { PushedTables } from './pushed-tables.js';

const BACK_OFF = { firstMs: 100, mostMs: 5000, random: Math.random };
const TIMEOUT_MS = 5000;

/** Asks the API for an epoch until it has one: what the agent pushes before is held back, and what a predecessor pushes after is refused. */
@Injectable()
export class ReportSession {
  private readonly client;
  private asking = new AbortController();

  constructor(
    private readonly config: AgentConfig,
    private readonly bus: AgentBus,
    private readonly tables: PushedTables,
    private readonly log: AgentLog,
  ) {
    this.client = switchClientId(config.switchName);
  }

  /** `ready`: when there is enough to say for the first push. */
  begin(ready: (signal: AbortSignal) => Promise<void>): void {
    this.end();
    this.asking = new AbortController();
    void this.open(ready, this.asking.signal);
  }

  end(): void {
    this.asking.abort();
  }

  private async open(ready: (signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> {
    const epoch = await this.epoch(signal);
    if (epoch === undefined) return;
    await ready(signal);
    if (signal.aborted) return;
    this.log.info('session-opened', { epoch });
    this.tables.open(epoch);
  }

  private async epoch(signal: AbortSignal): Promise<number | undefined> {
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        return await this.ask();
      } catch (error) {
        this.log.debug('session-not-opened', { error });
        await pause(delayAfter(BACK_OFF, failures), undefined, { signal }).catch(() => undefined);
      }
    }
    return undefined;
  }

  private async ask(): Promise<number> {
    const body = JSON.stringify({ switchName: this.config.switchName });
    const answer = await this.bus.request(openSession.subject(this.client), body, { timeoutMs: TIMEOUT_MS });
    return openSession.decodeReply(JSON.parse(answer.body)).epoch;
  }
}
