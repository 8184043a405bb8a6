import { SWITCH_CAPABILITIES, type SwitchCapability } from '@l2gw/contracts';
import { IsDictionaryOf, IsListOf, IsText } from '../http/attributes.js';
import { spelled } from '../http/neutron-error.js';
import type { Resource } from '../http/resource.js';
import {
  IsBfd,
  IsDriftPolicy,
  IsMostLocators,
  IsReplicationMode,
  IsRoom,
  IsServiceNodes,
  IsTunnelIp,
  type WantedSettings,
} from './switch-settings.js';

/** The body of `PUT /v2.0/l2-switches/{name}`, which announces the switch. */
export class AnnounceBody implements WantedSettings {
  @IsText() readonly description?: string;
  @IsText() readonly model?: string;
  @IsListOf(capabilityProblem) readonly capabilities?: readonly SwitchCapability[];
  @IsDictionaryOf(['endpoint', 'credentials']) readonly management?: Management;
  @IsReplicationMode() readonly replication_mode?: WantedSettings['replication_mode'];
  @IsServiceNodes() readonly service_nodes?: WantedSettings['service_nodes'];
  @IsMostLocators() readonly max_flood_locators?: WantedSettings['max_flood_locators'];
  @IsTunnelIp() readonly tunnel_ip?: WantedSettings['tunnel_ip'];
  @IsRoom() readonly max_macs?: WantedSettings['max_macs'];
  @IsRoom() readonly max_networks?: WantedSettings['max_networks'];
  @IsDriftPolicy() readonly drift_policy?: WantedSettings['drift_policy'];
  @IsBfd() readonly bfd?: WantedSettings['bfd'];
}

/** How its agent reaches the switch, for those who start agents; credentials by reference only. */
export interface Management {
  /** `ssl:10.0.0.1:6640`, as `L2GW_OVSDB_ENDPOINT` has it. */
  readonly endpoint?: string;
  /** Name of a secret, never the secret. */
  readonly credentials?: string;
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
    'client_id',
    'announced',
    'status',
    'status_reason',
    'tunnel_ips',
    'vtep_ip',
    'tunnels',
    'drift',
    'management_ips',
    'schema_version',
    'faults',
    'ports',
    'created_at',
    'updated_at',
    'revision_number',
  ],
};

function capabilityProblem(item: unknown): string | undefined {
  const isKnown = SWITCH_CAPABILITIES.some((each) => each === item);
  return isKnown ? undefined : `'${spelled(item)}' is not in ${JSON.stringify(SWITCH_CAPABILITIES)}.`;
}
