import { Bus, type Message, type Reply, type Subscription } from '@l2gw/bus';
import { type SyncQuestion, type SyncReply, ribIn, syncQuestion } from '@l2gw/contracts';
import { Injectable } from '@nestjs/common';
import type { Neighbour } from '../peers/neighbour.js';
import { Neighbours } from '../peers/neighbours.js';
import { queueOf } from '../peers/session.js';
import type { Tenant } from '../session/lease.js';
import { ribPage } from './rib-page.js';

/** Takes operators' questions from the bus while this instance is the active one: nobody else knows the answers. */
@Injectable()
export class Questions implements Tenant {
  private serving: Subscription | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly neighbours: Neighbours,
  ) {}

  begin(epoch: number): void {
    this.neighbours.begin(epoch);
    this.serving = this.bus.serve(syncQuestion.served, queueOf({ epoch }), (message) => this.answer(message));
  }

  end(): void {
    this.serving?.stop();
    this.neighbours.end();
  }

  private async answer({ subject, body }: Message): Promise<Reply> {
    const question = syncQuestion.questionIn(subject);
    const json: unknown = JSON.parse(body);
    const peer = this.neighbours.find(syncQuestion.peerIn(json));
    const reply = peer === undefined ? { failure: NOT_SPOKEN_WITH } : await replyTo(question, peer, json);
    return { body: syncQuestion.encodeReply(reply) };
  }
}

async function replyTo(question: SyncQuestion | undefined, peer: Neighbour, json: unknown): Promise<SyncReply> {
  switch (question) {
    case 'refresh':
      return { answer: await peer.refresh() };
    case 'rib-in':
      return { answer: ribPage(peer.hearings(), ribIn.decodeRequest(json)) };
    case undefined:
      return { failure: 'remote-sync does not know this question: update it' };
  }
}

const NOT_SPOKEN_WITH = 'nothing is shared with the peer now: it is disabled, or has our own cloud id';
