import { MAX_VNI } from '@l2gw/l2';
import { invalidAttribute, invalidInput } from '../http/neutron-error.js';
import { toInteger } from '../http/attributes.js';
import type { CreateNetworkBody } from './network.body.js';

/** A segment as it was asked for; a VXLAN segment without an id gets a free VNI. */
export interface WantedSegment {
  readonly network_type: 'vxlan' | 'vlan' | 'flat';
  readonly physical_network: string | null;
  readonly segmentation_id: number | null;
}

type Wish = Readonly<Record<string, unknown>>;

/** The segments that the body of a new network asks for. Throws `NeutronError` 400. */
export function segmentsOf(body: CreateNetworkBody): readonly WantedSegment[] {
  const provider: Wish = pick({ ...body });
  if (body.segments === undefined || body.segments === null) return [segmentOf(provider)];
  if (Object.keys(provider).length > 0) throw invalidInput('Segments and provider values cannot both be set.');
  if (!Array.isArray(body.segments) || body.segments.length === 0)
    throw invalidAttribute('segments', 'not a list of segments.');
  return body.segments.map((segment: unknown) => {
    if (typeof segment !== 'object' || segment === null)
      throw invalidAttribute('segments', 'a segment is not a dictionary.');
    return segmentOf(pick(segment as Wish));
  });
}

function pick(wish: Wish): Wish {
  const names = ['provider:network_type', 'provider:physical_network', 'provider:segmentation_id'];
  return Object.fromEntries(
    names.flatMap((name) => (wish[name] === undefined || wish[name] === null ? [] : [[name, wish[name]]])),
  );
}

function segmentOf(wish: Wish): WantedSegment {
  const type = wish['provider:network_type'] ?? 'vxlan';
  const physical = wish['provider:physical_network'];
  const given = wish['provider:segmentation_id'];
  const id = given === undefined ? null : toInteger(given);
  if (type === 'vxlan') return vxlan(physical, id, given);
  if (type !== 'vlan' && type !== 'flat')
    throw invalidAttribute('provider:network_type', `'${String(type)}' is not supported.`);
  if (typeof physical !== 'string' || physical === '')
    throw invalidInput(`physical_network required for ${type} provider network.`);
  if (type === 'flat') {
    if (id !== null) throw invalidInput('segmentation_id prohibited for flat provider network.');
  } else if (id === null || !(id >= 1 && id <= 4094)) {
    throw invalidInput(`segmentation_id out of range (1 through 4094): ${String(given)}.`);
  }
  return { network_type: type, physical_network: physical, segmentation_id: id };
}

function vxlan(physical: unknown, id: number | null, given: unknown): WantedSegment {
  if (physical !== undefined) throw invalidInput('provider:physical_network specified for vxlan network');
  if (id !== null && !(id >= 1 && id <= MAX_VNI)) {
    throw invalidInput(`segmentation_id out of range (1 through ${MAX_VNI}): ${String(given)}.`);
  }
  return { network_type: 'vxlan', physical_network: null, segmentation_id: id };
}
