import { Bus, type Message, type Reply, type Subscription } from '@l2gw/bus';
import { type SwitchQuestion, type SwitchReply, switchQuestion } from '@l2gw/contracts';
import { OvsdbError } from '@l2gw/ovsdb';
import { Injectable } from '@nestjs/common';
import { Switch } from '../switch/switch.js';
import { Answers } from './answers.js';
import { ReportedSwitch } from '../report/reported-switch.js';

/** Takes operators' questions from the bus while the agent is the active one: nobody else knows the answers. */
@Injectable()
export class Questions {
  private readonly subject: string;
  private serving: Subscription | undefined;
  /** However many ask the same at once, the work is done once. */
  private readonly underWay = new Map<SwitchQuestion, Promise<SwitchReply>>();

  constructor(
    private readonly reported: ReportedSwitch,
    private readonly bus: Bus,
    private readonly target: Switch,
    private readonly answers: Answers,
  ) {
    this.subject = switchQuestion.served(reported.client);
  }

  start(): void {
    this.target.onState(({ kind }) => (kind === 'active' ? this.serve() : this.stop()));
  }

  stop(): void {
    this.serving?.stop();
    this.serving = undefined;
  }

  private serve(): void {
    this.serving ??= this.bus.serve(this.subject, 'agent', (message) => this.answer(message));
  }

  private async answer({ subject }: Message): Promise<Reply> {
    const question = switchQuestion.questionIn(subject);
    const reply = question === undefined ? { failure: NOT_UNDERSTOOD } : await this.once(question);
    return { body: switchQuestion.encodeReply(reply) };
  }

  private once(question: SwitchQuestion): Promise<SwitchReply> {
    const known = this.underWay.get(question);
    if (known !== undefined) return known;
    const reply = this.reply(question).finally(() => this.underWay.delete(question));
    this.underWay.set(question, reply);
    return reply;
  }

  private async reply(question: SwitchQuestion): Promise<SwitchReply> {
    try {
      return { answer: await this.answers.to(question, this.reported.name) };
    } catch (error) {
      if (!(error instanceof OvsdbError)) throw error;
      return { failure: `the switch's database says: ${error.message}` };
    }
  }
}

const NOT_UNDERSTOOD = 'the agent does not know this question: update it';
