import { Log } from '@l2gw/runtime';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Bus, type Message, type Reply, type Subscription } from '@l2gw/bus';
import { type ClientId, openSession, switchClientId } from '@l2gw/contracts';
import { PushReceiver } from '@l2gw/tables';
import { OpenSession, tablesOf } from './open-session.js';
import { PushedTables } from './pushed-tables.js';

/** Where agents come in from the bus: they open sessions and push their tables; any replica serves them. */
@Injectable()
export class AgentDoor implements OnModuleInit, OnModuleDestroy {
  private readonly receiver: PushReceiver;
  private sessions: Subscription | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly log: Log,
    private readonly open: OpenSession,
    store: PushedTables,
  ) {
    this.receiver = new PushReceiver({
      bus,
      store,
      mayPush: async (client, table) => tablesOf(client as ClientId).includes(table),
      onProblem: (error) => log.warn('push-failed', { error }),
    });
  }

  onModuleInit(): void {
    this.sessions = this.bus.serve(openSession.served, 'api', (message) => this.openSession(message));
    this.receiver.start();
  }

  onModuleDestroy(): void {
    this.sessions?.stop();
    this.receiver.stop();
  }

  /** The client in the subject is what the bus lets an agent say; it must be that of the switch it speaks for. */
  private async openSession(message: Message): Promise<Reply> {
    const { switchName } = openSession.decode(JSON.parse(message.body));
    const client = switchClientId(switchName);
    if (message.subject !== openSession.subject(client))
      throw new Error(`${message.subject} is not of switch ${switchName}`);
    const epoch = await this.open.run(switchName);
    this.log.info('session-opened', { switch: switchName, client, epoch });
    return { body: JSON.stringify({ epoch }) };
  }
}
