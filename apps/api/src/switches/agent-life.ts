import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Bus, type Subscription } from '@l2gw/bus';
import { agentLife } from '@l2gw/contracts';

/** Three life signs missed. */
const SILENT_MS = 30_000;

/** Remembers when each agent was last heard, in this replica's memory: life signs are no facts. */
@Injectable()
export class AgentLife implements OnModuleInit, OnModuleDestroy {
  private readonly heard = new Map<string, number>();
  private readonly started = performance.now();
  private subscription: Subscription | undefined;

  constructor(private readonly bus: Bus) {}

  onModuleInit(): void {
    this.subscription = this.bus.subscribe(agentLife.heard, (message) => {
      this.heard.set(agentLife.client(message.subject), performance.now());
    });
  }

  onModuleDestroy(): void {
    this.subscription?.stop();
  }

  /** True if the agent should have been heard since this replica listens, and was not. */
  readonly silent = (switchId: string): boolean => {
    return performance.now() - (this.heard.get(switchId) ?? this.started) > SILENT_MS;
  };
}
