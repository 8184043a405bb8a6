import { Bus, type Subscription } from '@l2gw/bus';
import { type StatusHint, statusHint } from '@l2gw/contracts';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { AgentLife } from '../switches/agent-life.js';

/** Hears, at every replica, which statuses may be others now: from whoever stored something, and from the agents' life signs. */
@Injectable()
export class StatusHints implements OnModuleInit, OnModuleDestroy {
  private readonly listeners = new Set<(hint: StatusHint) => void>();
  private subscriptions: readonly Subscription[] = [];

  constructor(
    private readonly bus: Bus,
    private readonly life: AgentLife,
  ) {}

  onModuleInit(): void {
    this.subscriptions = [
      this.bus.subscribe(statusHint.subject, ({ body }) => this.tell(statusHint.decode(JSON.parse(body)))),
      this.life.onChange((client) => this.tell({ switch: client })),
    ];
  }

  onModuleDestroy(): void {
    for (const subscription of this.subscriptions) subscription.stop();
  }

  on(listener: (hint: StatusHint) => void): Subscription {
    this.listeners.add(listener);
    return { stop: () => void this.listeners.delete(listener) };
  }

  private tell(hint: StatusHint): void {
    for (const listener of [...this.listeners]) listener(hint);
  }
}
