import { IsText, IsVtepIp } from '../http/attributes.js';
import type { Resource } from '../http/resource.js';

/** What `PUT /v2.0/l2-remote-gateways/{id}` may change. */
export class UpdateRemoteGatewayBody {
  @IsText() readonly name?: string;
  @IsVtepIp() readonly ipaddr?: string;
}

/** The body of `POST /v2.0/l2-remote-gateways`. */
export class CreateRemoteGatewayBody extends UpdateRemoteGatewayBody {
  @IsText() readonly project_id?: string;
}

export const remoteGatewayResource: Resource<CreateRemoteGatewayBody, UpdateRemoteGatewayBody> = {
  singular: 'l2_remote_gateway',
  plural: 'l2_remote_gateways',
  create: CreateRemoteGatewayBody,
  update: UpdateRemoteGatewayBody,
  required: ['ipaddr'],
  readOnly: ['id', 'status', 'status_reason', 'created_at', 'updated_at', 'revision_number'],
  aliases: { ip_address: 'ipaddr', ip_addr: 'ipaddr' },
};
