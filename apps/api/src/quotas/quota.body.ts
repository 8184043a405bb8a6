import { IsFlag, IsInteger, IsText } from '../http/attributes.js';
import type { Resource } from '../http/resource.js';
import { HIGHEST_LIMIT, type QuotaResource, UNLIMITED } from './quota-resources.js';

const IsLimit = (): PropertyDecorator => IsInteger(UNLIMITED, HIGHEST_LIMIT);

/** The body of `PUT /v2.0/quotas/{project}`; a resource that it does not name keeps its limit. */
export class SetQuotaBody implements Readonly<Partial<Record<QuotaResource, number | string>>> {
  @IsLimit() readonly network?: number | string;
  @IsLimit() readonly subnet?: number | string;
  @IsLimit() readonly port?: number | string;
  @IsLimit() readonly l2_gateway?: number | string;
  @IsLimit() readonly l2_gateway_connection?: number | string;
  @IsLimit() readonly l2_remote_gateway?: number | string;
  @IsLimit() readonly l2_remote_gateway_connection?: number | string;
  @IsLimit() readonly l2_remote_mac?: number | string;
  /** Refuse a limit that is below what the project has. */
  @IsFlag() readonly check_limit?: boolean;
  /** Clients say so when they do not want that; it is not looked at otherwise. */
  @IsFlag() readonly force?: boolean;
  @IsText() readonly project_id?: string;
}

export const quotaResource: Resource<SetQuotaBody, SetQuotaBody> = {
  singular: 'quota',
  plural: 'quotas',
  create: SetQuotaBody,
  update: SetQuotaBody,
  required: [],
  readOnly: [],
};
