import { IsDictionary, IsFlag, IsText } from '../http/attributes.js';
import type { Resource } from '../http/resource.js';

export class UpdateHostBody {
  @IsFlag() readonly admin_state_up?: boolean;
}

/** The body of `POST /v2.0/agents`: what an agent of a compute host says of itself. */
export class RegisterHostBody extends UpdateHostBody {
  @IsText() readonly host: string;
  @IsText() readonly agent_type: string;
  @IsText() readonly binary?: string;
  @IsText() readonly topic?: string;
  @IsDictionary() readonly configurations?: Readonly<Record<string, unknown>> | null;
}

export const hostResource: Resource<RegisterHostBody, UpdateHostBody> = {
  singular: 'agent',
  plural: 'agents',
  create: RegisterHostBody,
  update: UpdateHostBody,
  required: ['host', 'agent_type'],
  readOnly: ['id', 'alive', 'created_at', 'started_at', 'heartbeat_timestamp'],
};
