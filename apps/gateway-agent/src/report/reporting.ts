import { Injectable } from '@nestjs/common';
import { Switch, type SwitchState } from '../switch/switch.js';
import { LifeSign } from './life-sign.js';
import { Reporters } from './reporters.js';
import { ReportSession } from './report-session.js';

/** Reports while the agent is the active one, and that the switch does not answer while it does not; a stand-by says nothing. */
@Injectable()
export class Reporting {
  private wasActive = false;

  constructor(
    private readonly target: Switch,
    private readonly reporters: Reporters,
    private readonly session: ReportSession,
    private readonly life: LifeSign,
  ) {}

  start(): void {
    this.reporters.start();
    this.target.onState((state) => this.become(state));
    this.target.onChange((change) => this.reporters.changed(change));
    this.session.start();
  }

  stop(): void {
    this.life.stop();
    this.session.stop();
  }

  private become({ kind }: SwitchState): void {
    if (kind === 'active') return this.activated();
    this.life.stop();
    this.session.end();
    if (kind === 'down' && this.wasActive) this.reporters.state();
    if (kind === 'standby') this.wasActive = false;
  }

  private activated(): void {
    this.wasActive = true;
    this.reporters.all();
    this.session.begin();
    this.life.start(() => this.session.look());
  }
}
