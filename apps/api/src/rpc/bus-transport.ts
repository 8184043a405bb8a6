import type { Log } from '@l2gw/runtime';
import { ContractError } from '@l2gw/contracts';
import type { Bus, Headers, Message, Reply, Subscription } from '@l2gw/bus';
import { CustomTransportStrategy, Server } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import type { AuditRecorder } from '../audit/audit-recorder.js';
import type { Arrival } from '../audit/audit-trail.js';
import { REQUEST_ID, globalRequestId, newRequestId } from '../http/name-request.js';
import { NeutronError, badRequest } from '../http/neutron-error.js';
import { type RpcRequest, decodeRpcRequest } from './rpc-request.js';

const SUBJECT = 'l2gw.v1.rpc.';
const QUEUE = 'api';
const STATUS = 'L2gw-Status';
/** Until it is known who will answer; what cannot even be understood counts as a change unless it is surely none. */
const READING = /\.(list|show)$/;

/**
 * Serves message patterns such as `gateway.create` on `l2gw.v1.rpc.gateway.create`, one replica per request.
 * The answer's status, as HTTP counts them, is in the header `L2gw-Status`; its body is what REST would answer.
 */
export class BusTransport extends Server implements CustomTransportStrategy {
  private readonly subscriptions: Subscription[] = [];

  constructor(
    private readonly bus: Bus,
    private readonly log: Log,
    private readonly audit: AuditRecorder,
  ) {
    super();
  }

  listen(started: () => void): void {
    for (const pattern of this.messageHandlers.keys()) {
      this.subscriptions.push(
        this.bus.serve(`${SUBJECT}${pattern}`, QUEUE, (message) => this.answer(pattern, message)),
      );
    }
    started();
  }

  close(): void {
    for (const subscription of this.subscriptions.splice(0)) subscription.stop();
  }

  on(): never {
    throw new Error('this transport has no events');
  }

  unwrap<Native>(): Native {
    return this.bus as Native;
  }

  private async answer(pattern: string, message: Message): Promise<Reply> {
    const arrival = arrivalOf(pattern, message);
    const trail = this.audit.trailOf(arrival, READING.test(pattern) ? 'reads' : 'changes');
    const named = { [REQUEST_ID]: arrival.requestId };
    try {
      const run = () => this.run(pattern, decodeRpcRequest(pattern, message));
      const body = await (trail === undefined ? run() : trail.follow(run));
      this.audit.finish(trail, { status: 200, errorType: '' });
      return reply(200, body, named);
    } catch (error) {
      const { status, type, body, headers } = this.failureOf(error);
      this.audit.finish(trail, { status, errorType: type });
      return reply(status, body, { ...headers, ...named });
    }
  }

  private async run(pattern: string, request: RpcRequest): Promise<unknown> {
    const handler = this.messageHandlers.get(pattern);
    if (handler === undefined) throw new Error(`no handler for ${pattern}`);
    return lastValueFrom(this.transformToObservable(await handler(request)), { defaultValue: undefined });
  }

  private failureOf(error: unknown): NeutronError {
    if (error instanceof NeutronError) return error;
    if (error instanceof ContractError) return badRequest(error.message);
    this.log.error('rpc-failed', { error });
    return new NeutronError(
      500,
      'HTTPInternalServerError',
      'Request Failed: internal server error while processing your request.',
    );
  }
}

function arrivalOf(pattern: string, { headers }: Message): Arrival {
  const [noun = '', verb = ''] = pattern.split('.');
  return {
    requestId: newRequestId(),
    globalRequestId: globalRequestId((name) => headers[name]),
    source: 'nats',
    method: '',
    path: `${SUBJECT}${pattern}`,
    name: { noun, verb, resourceId: '' },
  };
}

function reply(status: number, body: unknown, headers: Headers = {}): Reply {
  return { body: body === undefined ? '' : JSON.stringify(body), headers: { ...headers, [STATUS]: String(status) } };
}
