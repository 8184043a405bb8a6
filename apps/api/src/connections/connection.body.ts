import { IsAnything, IsText } from '../http/attributes.js';
import type { Resource } from '../http/resource.js';

/** The body of `POST /v2.0/l2-gateway-connections`. */
export class ConnectBody {
  @IsText() readonly network_id: string;
  @IsText() readonly l2_gateway_id?: string;
  @IsText() readonly project_id?: string;
  /** VLAN for the interfaces that name none; number or text, and the answer echoes it as it was given. */
  @IsAnything() readonly segmentation_id?: unknown;
}

/** Nothing of a connection can be changed. */
export class NoChange {}

export const connectionResource: Resource<ConnectBody, NoChange> = {
  singular: 'l2_gateway_connection',
  plural: 'l2_gateway_connections',
  create: ConnectBody,
  update: NoChange,
  required: ['network_id'],
  readOnly: ['id', 'port_id', 'status', 'status_reason', 'created_at', 'updated_at', 'revision_number'],
  bare: true,
  aliases: {
    gateway_id: 'l2_gateway_id',
    default_segmentation_id: 'segmentation_id',
    'segmentation-id': 'segmentation_id',
  },
};
