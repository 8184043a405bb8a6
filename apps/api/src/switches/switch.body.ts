import { IsText } from '../http/attributes.js';
import type { Resource } from '../http/resource.js';

/** The body of `PUT /v2.0/l2-switches/{name}`, which announces the switch. */
export class AnnounceBody {
  @IsText() readonly description?: string;
}

export const switchResource: Resource<AnnounceBody, AnnounceBody> = {
  singular: 'l2_switch',
  plural: 'l2_switches',
  create: AnnounceBody,
  update: AnnounceBody,
  required: [],
  readOnly: [
    'id',
    'name',
    'status',
    'status_reason',
    'tunnel_ips',
    'ports',
    'created_at',
    'updated_at',
    'revision_number',
  ],
};
