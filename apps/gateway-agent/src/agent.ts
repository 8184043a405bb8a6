import { Log } from '@l2gw/runtime';
import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { setTimeout as pause } from 'node:timers/promises';
import { DesiredState } from './desired/desired-state.js';
import { Reconciliation } from './reconcile/reconciliation.js';
import { Voice } from './report/voice.js';
import { Switch, type SwitchState } from './switch/switch.js';

/** For transactions under way; a switch that does not answer must not keep the agent from ending. */
const GRACE_MS = 2000;

/** The agent as a whole: starts its parts in the order in which they need each other, and ends them without touching the switch. */
@Injectable()
export class Agent {
  constructor(
    private readonly desired: DesiredState,
    private readonly target: Switch,
    private readonly reconciliation: Reconciliation,
    private readonly parts: ModuleRef,
  ) {}

  async start(log: Log): Promise<void> {
    this.reconciliation.start();
    for (const voice of this.voices()) voice.start();
    this.target.onState((state) => logState(log, state));
    await this.desired.start();
    this.target.start();
  }

  /** What is on the switch stays there: frames go on being forwarded while the agent is away. */
  async stop(): Promise<void> {
    for (const voice of this.voices()) voice.stop();
    const ended = this.reconciliation.stop();
    await Promise.race([ended, pause(GRACE_MS, undefined, { ref: false })]);
    await this.target.stop();
    await ended;
    await this.desired.stop();
  }

  /** One for each switch of the database. */
  private voices(): readonly Voice[] {
    return this.parts.get(Voice, { strict: false, each: true });
  }
}

function logState(log: Log, state: SwitchState): void {
  if (state.kind === 'down') log.warn('switch-down', { reason: state.reason });
  else log.info(`switch-${state.kind}`);
}
