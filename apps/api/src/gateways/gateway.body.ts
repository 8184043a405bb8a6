import { IsAnything, IsText } from '../http/attributes.js';
import type { Resource } from '../http/resource.js';

/** What `PUT /v2.0/l2-gateways/{id}` may change. */
export class UpdateGatewayBody {
  @IsText() readonly name?: string;
  /** Read by `devices.ts`, which knows the reference's texts for everything that can be wrong with it. */
  @IsAnything() readonly devices?: unknown;
}

/** The body of `POST /v2.0/l2-gateways`. */
export class CreateGatewayBody extends UpdateGatewayBody {
  @IsText() readonly project_id?: string;
}

export const gatewayResource: Resource<CreateGatewayBody, UpdateGatewayBody> = {
  singular: 'l2_gateway',
  plural: 'l2_gateways',
  create: CreateGatewayBody,
  update: UpdateGatewayBody,
  required: ['devices'],
  readOnly: ['id', 'created_at', 'updated_at', 'revision_number'],
};
