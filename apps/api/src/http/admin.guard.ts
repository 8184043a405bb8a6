import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { auditRoute } from '../audit/audit-route.js';
import { AuditTrail } from '../audit/audit-trail.js';
import type { RpcRequest } from '../rpc/rpc-request.js';
import { Admission, type Entrant } from './admission.js';
import type { Admitted } from './ask.js';

/** Lets administrators in, through HTTP and through the bus alike, and notes who they are. */
@Injectable()
export class AdminGuard implements CanActivate {
  constructor(private readonly admission: Admission) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { request, ...entrant } = context.getType() === 'rpc' ? fromBus(context) : fromHttp(context);
    AuditTrail.current()?.routed(auditRoute(context, request));
    request.caller ??= await this.admission.admit(entrant);
    return true;
  }
}

interface Asking extends Entrant {
  readonly request: Admitted & { readonly body?: unknown; readonly id?: string };
}

function fromHttp(context: ExecutionContext): Asking {
  const request = context.switchToHttp().getRequest<Request & Admitted>();
  return { request, header: (name) => request.header(name), creates: request.method === 'POST' };
}

function fromBus(context: ExecutionContext): Asking {
  const request = context.switchToRpc().getData<RpcRequest & Admitted>();
  return { request, header: (name) => request.headers[name], creates: request.pattern.endsWith('.create') };
}
