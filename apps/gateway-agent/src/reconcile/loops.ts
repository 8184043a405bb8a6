import { Injectable } from '@nestjs/common';
import { FloodChoice } from './flood-choice.js';
import { MacLoop } from './mac-loop.js';
import { NetworkLoop } from './network-loop.js';
import { TunnelLoop } from './tunnel-loop.js';

/** The loops as one: networks first, and their MACs; tunnels beside them. */
@Injectable()
export class Loops {
  constructor(
    private readonly networks: NetworkLoop,
    private readonly macs: MacLoop,
    private readonly tunnels: TunnelLoop,
    private readonly choice: FloodChoice,
  ) {}

  start(): void {
    this.tunnels.start();
    this.choice.start();
  }

  /** Nothing is marked, under way or waiting for its next try. */
  get idle(): boolean {
    return this.networks.idle && this.macs.idle && this.tunnels.idle;
  }

  /** Keys that each has marked, under way, or waiting for another try. */
  get sizes(): Readonly<Record<'networks' | 'macs', number>> {
    return { networks: this.networks.size, macs: this.macs.size };
  }

  /** MACs that were found other than wanted after a change on the switch, since the start. */
  get corrections(): number {
    return this.macs.corrections;
  }

  /** The first leaves marks for the second. */
  async settled(): Promise<void> {
    await this.networks.settled();
    await this.macs.settled();
    await this.tunnels.settled();
  }

  async stop(): Promise<void> {
    this.choice.stop();
    await Promise.all([this.networks.stop(), this.macs.stop(), this.tunnels.stop()]);
  }
}
