import { MAX_VNI } from '@l2gw/l2';
import { IsAnything, IsIntegerText, IsText, toInteger } from '../http/attributes.js';
import { invalidAttribute, spelled } from '../http/neutron-error.js';
import type { Resource } from '../http/resource.js';

/** The body of `POST /v2.0/l2-remote-gateway-connections`. The three things it joins may be named or given by their ids. */
export class StretchBody {
  @IsText() readonly l2_gateway_id: string;
  @IsText() readonly network_id: string;
  @IsText() readonly remote_gateway_id: string;
  /** The network's VNI over there, as a number or text; null or absent: the same as here. */
  @IsIntegerText(1, MAX_VNI) readonly segmentation_id?: string | number | null;
  /** A flag, or one of the texts that the specification's client sends. */
  @IsAnything() readonly flood?: unknown;
  @IsText() readonly project_id?: string;
}

/** Nothing of a remote gateway connection can be changed. */
export class NoChange {}

export const remoteConnectionResource: Resource<StretchBody, NoChange> = {
  singular: 'l2_remote_gateway_connection',
  plural: 'l2_remote_gateway_connections',
  create: StretchBody,
  update: NoChange,
  required: ['l2_gateway_id', 'network_id', 'remote_gateway_id'],
  readOnly: ['id', 'status', 'status_reason', 'created_at', 'updated_at', 'revision_number'],
  aliases: {
    gateway: 'l2_gateway_id',
    gateway_id: 'l2_gateway_id',
    network: 'network_id',
    remote_gateway: 'remote_gateway_id',
    seg_id: 'segmentation_id',
    'seg-id': 'segmentation_id',
    'segmentation-id': 'segmentation_id',
  },
};

/** Absent: the network has the same VNI on both sides. */
export function remoteVniOf({ segmentation_id: value }: StretchBody): number | undefined {
  return value === undefined || value === null ? undefined : toInteger(value);
}

/** False unless it was asked for: nothing floods between clouds by accident. Throws `NeutronError` 400. */
export function floodOf({ flood }: StretchBody): boolean {
  if (flood === undefined || flood === null || flood === '') return false;
  if (typeof flood === 'boolean') return flood;
  const word = typeof flood === 'string' ? flood.toLowerCase() : undefined;
  if (word === 'true' || word === 'false') return word === 'true';
  throw invalidAttribute('flood', `'${spelled(flood)}' is neither True nor False.`);
}
