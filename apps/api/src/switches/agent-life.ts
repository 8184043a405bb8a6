import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Bus, type Subscription } from '@l2gw/bus';
import { agentLife } from '@l2gw/contracts';

/** Three life signs missed. */
const SILENT_MS = 30_000;
/** How soon silence is noticed by those who are told of it. */
const LOOK_MS = 1000;

/** Remembers when each agent was last heard, in this replica's memory: life signs are no facts. */
@Injectable()
export class AgentLife implements OnModuleInit, OnModuleDestroy {
  private readonly heard = new Map<string, number>();
  private readonly fallenSilent = new Set<string>();
  private readonly listeners = new Set<(switchId: string) => void>();
  private readonly started = performance.now();
  private subscription: Subscription | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly bus: Bus) {}

  onModuleInit(): void {
    this.subscription = this.bus.subscribe(agentLife.heard, (message) => this.hear(agentLife.client(message.subject)));
    this.timer = setInterval(() => this.look(), LOOK_MS).unref();
  }

  onModuleDestroy(): void {
    this.subscription?.stop();
    clearInterval(this.timer);
  }

  /** True if the agent should have been heard since this replica listens, and was not. */
  readonly silent = (switchId: string): boolean => {
    return performance.now() - (this.heard.get(switchId) ?? this.started) > SILENT_MS;
  };

  /** Told the client id of a switch whose agent has fallen silent or is heard again. */
  onChange(listener: (switchId: string) => void): Subscription {
    this.listeners.add(listener);
    return { stop: () => void this.listeners.delete(listener) };
  }

  private hear(switchId: string): void {
    this.heard.set(switchId, performance.now());
    if (this.fallenSilent.delete(switchId)) this.tell(switchId);
  }

  private look(): void {
    for (const switchId of this.heard.keys()) {
      if (this.fallenSilent.has(switchId) || !this.silent(switchId)) continue;
      this.fallenSilent.add(switchId);
      this.tell(switchId);
    }
  }

  private tell(switchId: string): void {
    for (const listener of [...this.listeners]) listener(switchId);
  }
}
