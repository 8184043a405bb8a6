import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { RpcRequest } from '../rpc/rpc-request.js';
import type { Admitted } from './ask.js';
import { Authenticator } from './authenticator.js';

/** Lets administrators in, through HTTP and through the bus alike, and notes who they are. */
@Injectable()
export class AdminGuard implements CanActivate {
  constructor(private readonly authenticator: Authenticator) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() === 'rpc') {
      const request = context.switchToRpc().getData<RpcRequest & Admitted>();
      request.caller = await this.authenticator.authenticate(request.token);
    } else {
      const request = context.switchToHttp().getRequest<Request & Admitted>();
      request.caller = await this.authenticator.authenticate(request.header('X-Auth-Token'));
    }
    return true;
  }
}
