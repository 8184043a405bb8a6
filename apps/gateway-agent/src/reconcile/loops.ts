import { Injectable } from '@nestjs/common';
import { MacLoop } from './mac-loop.js';
import { NetworkLoop } from './network-loop.js';

/** The two loops as one: networks first, and their MACs. */
@Injectable()
export class Loops {
  constructor(
    private readonly networks: NetworkLoop,
    private readonly macs: MacLoop,
  ) {}

  /** Nothing is marked, under way or waiting for its next try. */
  get idle(): boolean {
    return this.networks.idle && this.macs.idle;
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
  }

  async stop(): Promise<void> {
    await Promise.all([this.networks.stop(), this.macs.stop()]);
  }
}
