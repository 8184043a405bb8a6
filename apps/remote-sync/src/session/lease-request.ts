import { Bus } from '@l2gw/bus';
import { type OpenSync, type SyncOpened, syncSession } from '@l2gw/contracts';
import { Injectable } from '@nestjs/common';

/** Below the lease's time, so that one lost answer does not cost the lease. */
const TIMEOUT_MS = 900;

/** Asks the API to be the active instance, or to remain it. */
@Injectable()
export class LeaseRequest {
  constructor(private readonly bus: Bus) {}

  /** Rejects with a `BusError` or a `ContractError`. */
  async ask(question: OpenSync): Promise<SyncOpened> {
    const { body } = await this.bus.request(syncSession.subject, JSON.stringify(question), { timeoutMs: TIMEOUT_MS });
    return syncSession.decodeReply(JSON.parse(body));
  }
}
