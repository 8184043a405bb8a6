import { Log } from '@l2gw/runtime';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Bus, type Message, type Reply, type Subscription } from '@l2gw/bus';
import { openSession, switchClientId, syncSession } from '@l2gw/contracts';
import { SyncSessions } from '../sync/sync-sessions.js';
import { OpenSession } from './open-session.js';

/** Where agents and remote-sync ask for the epochs that they push under; any replica grants them. */
@Injectable()
export class SessionDoor implements OnModuleInit, OnModuleDestroy {
  private sessions: Subscription | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly log: Log,
    private readonly open: OpenSession,
    private readonly sync: SyncSessions,
  ) {}

  onModuleInit(): void {
    this.sessions = this.bus.serve(openSession.served, 'api', (message) =>
      message.subject === syncSession.subject ? this.openSync(message) : this.openSession(message),
    );
  }

  onModuleDestroy(): void {
    this.sessions?.stop();
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

  private async openSync(message: Message): Promise<Reply> {
    const ask = syncSession.decode(JSON.parse(message.body));
    const answer = await this.sync.open(ask);
    if ('epoch' in answer && answer.epoch !== ask.epoch)
      this.log.info('sync-session-opened', { instance: ask.instance, epoch: answer.epoch });
    return { body: JSON.stringify(answer) };
  }
}
