import { Log } from '@l2gw/runtime';
import { Bus } from '@l2gw/bus';
import { Injectable } from '@nestjs/common';
import { openSession } from '@l2gw/contracts';
import { delayAfter } from '@l2gw/reconcile';
import { setTimeout as pause } from 'node:timers/promises';
import { ReportedSwitch } from './reported-switch.js';

const BACK_OFF = { firstMs: 100, mostMs: 5000, random: Math.random };
const TIMEOUT_MS = 5000;

/** Asks the API for an epoch, again and again until it has one. */
@Injectable()
export class EpochRequest {
  private readonly subject: string;
  private readonly body: string;

  constructor(
    reported: ReportedSwitch,
    private readonly bus: Bus,
    private readonly log: Log,
  ) {
    this.subject = openSession.subject(reported.client);
    this.body = JSON.stringify({ switchName: reported.name });
  }

  /** Undefined if the signal came first. */
  async epoch(signal: AbortSignal): Promise<number | undefined> {
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        return await this.ask();
      } catch (error) {
        this.log.debug('session-not-opened', { error });
        await this.pause(delayAfter(BACK_OFF, failures), signal);
      }
    }
    return undefined;
  }

  /** Ends early when the bus is there (again). */
  private async pause(ms: number, signal: AbortSignal): Promise<void> {
    const early = new AbortController();
    const following = this.bus.onStatus((connected) => connected && early.abort());
    await pause(ms, undefined, { signal: AbortSignal.any([signal, early.signal]) }).catch(() => undefined);
    following.stop();
  }

  private async ask(): Promise<number> {
    const answer = await this.bus.request(this.subject, this.body, { timeoutMs: TIMEOUT_MS });
    return openSession.decodeReply(JSON.parse(answer.body)).epoch;
  }
}
