import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { RpcRequest } from '../rpc/rpc-request.js';
import { auditRoute } from '../audit/audit-route.js';
import { AuditTrail } from '../audit/audit-trail.js';
import { adminRequired } from './admin-required.js';
import type { Admitted } from './ask.js';
import { Authenticator } from './authenticator.js';
import { presentedToken } from './presented-token.js';

/** Lets administrators in, through HTTP and through the bus alike, and notes who they are. */
@Injectable()
export class AdminGuard implements CanActivate {
  constructor(private readonly authenticator: Authenticator) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { request, header, creates } = context.getType() === 'rpc' ? fromBus(context) : fromHttp(context);
    const trail = AuditTrail.current();
    trail?.routed(auditRoute(context, request));
    request.caller = await this.authenticator.authenticate(presentedToken(header));
    trail?.identified(request.caller);
    if (!request.caller.admin) throw adminRequired(creates ? 'creates' : 'reads or changes');
    return true;
  }
}

interface Entrant {
  readonly request: Admitted & { readonly body?: unknown; readonly id?: string };
  readonly header: (name: string) => string | undefined;
  readonly creates: boolean;
}

function fromHttp(context: ExecutionContext): Entrant {
  const request = context.switchToHttp().getRequest<Request & Admitted>();
  return { request, header: (name) => request.header(name), creates: request.method === 'POST' };
}

function fromBus(context: ExecutionContext): Entrant {
  const request = context.switchToRpc().getData<RpcRequest & Admitted>();
  return { request, header: (name) => request.headers[name], creates: request.pattern.endsWith('.create') };
}
