import { Log } from '@l2gw/runtime';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Bus, type Message, type Subscription } from '@l2gw/bus';
import { type AgentSign, agentLife } from '@l2gw/contracts';

/** Three life signs missed. */
const SILENT_MS = 30_000;
/** Who lags for so long is behind; before, he is only busy. */
const BEHIND_MS = 10_000;
/** How soon those who are told of changes are told that time alone has made one. */
const LOOK_MS = 1000;

interface Heard {
  readonly at: number;
  /** By the clock of this replica. */
  readonly date: Date;
  readonly sign: AgentSign;
}

/** Remembers when each agent was last heard and what it said, in this replica's memory: life signs are no facts. */
@Injectable()
export class AgentLife implements OnModuleInit, OnModuleDestroy {
  private readonly heard = new Map<string, Heard>();
  /** What agents said last that may only read; they are not active, and so not heard. */
  private readonly refused = new Map<string, { readonly at: number; readonly reason: string }>();
  /** What listeners know of each agent. */
  private readonly told = new Map<string, string>();
  private readonly listeners = new Set<(switchId: string) => void>();
  private readonly started = performance.now();
  private subscription: Subscription | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.subscription = this.bus.subscribe(agentLife.heard, (message) => this.hear(message));
    this.timer = setInterval(() => {
      for (const switchId of new Set([...this.heard.keys(), ...this.refused.keys()])) this.look(switchId);
    }, LOOK_MS).unref();
  }

  onModuleDestroy(): void {
    this.subscription?.stop();
    clearInterval(this.timer);
  }

  /** True if the agent should have been heard since this replica listens, and was not. */
  readonly silent = (switchId: string): boolean => {
    return performance.now() - (this.heard.get(switchId)?.at ?? this.started) > SILENT_MS;
  };

  /** Agents that are not silent. */
  get alive(): number {
    return [...this.heard.keys()].filter((client) => client.startsWith('sw-') && !this.silent(client)).length;
  }

  /** When the agent gave its last sign; undefined: never since this replica listens. */
  readonly lastSeen = (switchId: string): Date | undefined => this.heard.get(switchId)?.date;

  /** Why nobody can write to the switch, if an agent says so and no other is active. */
  readonly readOnly = (switchId: string): string | undefined => {
    const now = performance.now();
    const refused = this.refused.get(switchId);
    const isActive = now - (this.heard.get(switchId)?.at ?? -Infinity) <= SILENT_MS;
    return refused === undefined || isActive || now - refused.at > SILENT_MS ? undefined : refused.reason;
  };

  /** How many MACs of the network have not come to the switch, if any has been waiting for too long; else 0. */
  readonly behind = (switchId: string, network: string): number => {
    return this.lateOf(switchId).find((lag) => lag.network === network)?.waiting ?? 0;
  };

  /** Told the client id of a switch whose agent has fallen silent or behind, or is so no more. */
  onChange(listener: (switchId: string) => void): Subscription {
    this.listeners.add(listener);
    return { stop: () => void this.listeners.delete(listener) };
  }

  private hear({ subject, body }: Message): void {
    const switchId = agentLife.client(subject);
    const sign = this.read(switchId, body);
    const at = performance.now();
    if (sign.readOnly !== undefined) this.refused.set(switchId, { at, reason: sign.readOnly });
    else this.heard.set(switchId, { at, date: new Date(), sign });
    this.look(switchId);
  }

  /** Who says what nobody understands lives all the same. */
  private read(switchId: string, body: string): AgentSign {
    if (!switchId.startsWith('sw-')) return NOTHING;
    try {
      return agentLife.decode(body);
    } catch (error) {
      this.log.debug('life-sign-not-understood', { client: switchId, error });
      return NOTHING;
    }
  }

  private look(switchId: string): void {
    const late = this.lateOf(switchId).map((lag) => [lag.network, lag.waiting]);
    const now = JSON.stringify([this.silent(switchId), late, this.readOnly(switchId) ?? '']);
    const before = this.told.get(switchId) ?? FINE;
    this.told.set(switchId, now);
    if (now !== before) for (const listener of [...this.listeners]) listener(switchId);
  }

  private lateOf(switchId: string): AgentSign['behind'] {
    const heard = this.heard.get(switchId);
    if (heard === undefined) return [];
    const sinceHeard = performance.now() - heard.at;
    return heard.sign.behind.filter(({ sinceMs }) => sinceMs + sinceHeard >= BEHIND_MS);
  }
}

const NOTHING: AgentSign = { behind: [] };
const FINE = JSON.stringify([false, [], '']);
