import type { Bus, Headers, Message, Reply, RequestOptions, Subscription } from '@l2gw/bus';

/** The bus, as a token that can be injected. */
export abstract class AgentBus implements Bus {
  abstract readonly connected: boolean;
  abstract publish(subject: string, body: string, headers?: Headers): void;
  abstract subscribe(
    subject: string,
    handle: (message: Message) => void,
    options?: { readonly queue?: string },
  ): Subscription;
  abstract request(subject: string, body: string, options: RequestOptions): Promise<Message>;
  abstract serve(subject: string, queue: string, handle: (message: Message) => Promise<Reply>): Subscription;
  abstract onStatus(listener: (connected: boolean) => void): Subscription;
  abstract flush(): Promise<void>;
  abstract close(): Promise<void>;
}
